using Vantage.NodeAgent.Data.Sessions.Planning;
using Vantage.Protocol.Manifests;

namespace Vantage.NodeAgent.Policy;

/// <summary>
/// What a rule's grants of sources mean for what was made of them: a column may be seen if all that its values depend on
/// may, and no column if the choice of rows depends on something that may not. The rule that let a frame be made has no say.
/// </summary>
internal static class FrameGrants
{
    /// <summary>The columns that a run may see; none if it may not see the frame.</summary>
    public static IReadOnlySet<string> Allowed(AcceptRule rule, FrameShape frame) =>
        frame.Sources.All(source => rule.Data.Any(grant => grant.Source == source)) && frame.Rows.All(origin => Grants(rule, origin))
            ? frame.Columns.Where(column => column.From.All(origin => Grants(rule, origin))).Select(column => column.Name).ToHashSet(StringComparer.Ordinal)
            : new HashSet<string>();

    /// <summary>Null if the rule lets the run see the frame and the columns that it asks for.</summary>
    public static RuleObjection? Objection(AcceptRule rule, PolicyFacts facts, DataRef data)
    {
        if (facts.Session is null)
        {
            return new("data", $"'{data.Id}' is a frame, and the request names no session", "frames of a session");
        }

        if (!facts.Frames.TryGetValue(data.Label, out var frame))
        {
            return new("data", $"there is no frame '{data.Id}' of your organization in session '{facts.Session}' here: it was never prepared,"
                + " or was ended, or expired. Prepare it again", "frames that are kept here");
        }

        var allowed = Allowed(rule, frame);
        if (allowed.Count == 0)
        {
            return new("data", $"frame '{data.Id}' is made of data that are not listed", string.Join(", ", rule.Data.Select(d => d.Source)));
        }

        var others = facts.Columns.TryGetValue(data.Label, out var asked) ? asked.Where(c => !allowed.Contains(c)).ToList() : [];
        return others.Count == 0 ? null : new($"data ({data.Id}).columns",
            $"column {string.Join(", ", others.Select(c => $"'{c}'"))} of frame '{data.Id}' is not there, or is made of columns that are not listed",
            string.Join(", ", allowed.Order(StringComparer.Ordinal)));
    }

    private static bool Grants(AcceptRule rule, Origin origin) =>
        rule.Data.FirstOrDefault(grant => grant.Source == origin.Source) is { } grant && (grant.Columns?.Contains(origin.Column) ?? true);
}
