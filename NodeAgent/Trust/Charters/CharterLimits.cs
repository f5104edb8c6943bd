using Vantage.NodeAgent.Runs;
using Vantage.Protocol.Charters;
using Vantage.Protocol.Manifests;

namespace Vantage.NodeAgent.Trust.Charters;

/// <summary>
/// What the charter of a collaboration does not cover, as sentences. It only narrows: whoever is let through here meets the
/// node's own policy next. Pure.
/// </summary>
internal static class CharterLimits
{
    public static IReadOnlyList<string> Objections(CharterVersion charter, TaskManifest manifest, Requester requester)
    {
        var said = charter.Content;
        var parties = manifest.Recipients.Select(r => r.Organization).Append(requester.Organization)
            .Concat(requester.Delegate is { } by ? [by.Organization] : []).Distinct();
        return
        [
            .. parties.Where(party => !charter.HasMember(party)).Select(party => $"{party} is not a member."),
            .. Listed(said.Purposes, manifest.Purpose) ? Array.Empty<string>()
                : ["It allows other purposes: " + string.Join(", ", said.Purposes!) + "."],
            .. Listed(said.ProjectCodes, manifest.ProjectCode) ? Array.Empty<string>()
                : ["It allows other project codes: " + string.Join(", ", said.ProjectCodes!) + "."],
        ];
    }

    private static bool Listed(IReadOnlyList<string>? allowed, string? stated) =>
        allowed is null || (stated is not null && allowed.Contains(stated));
}
