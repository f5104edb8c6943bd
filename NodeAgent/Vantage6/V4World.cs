using Vantage.NodeAgent.Runs;

namespace Vantage.NodeAgent.Vantage6;

/// <summary>
/// The numbers by which a run of vantage6's contract speaks of what it may know. They are this run's alone: sites in the
/// order of the signed delegation, tasks in the order in which it asks them, so a run that begins anew finds the same.
/// </summary>
internal sealed record V4World
{
    public const int Run = 1;
    public const int Task = 1;
    public const int Job = 1;
    public const int Collaboration = 1;
    public const int Study = 1;
    public const int Node = 1;

    /// <summary>As the token names it and a subtask has to.</summary>
    public required string Image { get; init; }

    /// <summary>Whom it may ask. The first is organization 1.</summary>
    public required IReadOnlyList<string> Sites { get; init; }

    /// <summary>The organization of this node: one of the sites, or the number after them.</summary>
    public required int Own { get; init; }

    public required string OwnName { get; init; }

    /// <summary>Of the data that it, or the sites for it, may see.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    public required bool HasStudy { get; init; }

    /// <summary>All that it may know of, by number.</summary>
    public IEnumerable<(int Id, string Name)> Organizations => Sites.Select((name, index) => (index + 1, name))
        .Concat(Own > Sites.Count ? [(Own, OwnName)] : []);

    public static V4World Of(RunOrder order, IReadOnlyList<string> sites, string? own)
    {
        var targets = order.Manifest.Delegation?.Targets ?? [];
        var place = targets.TakeWhile(target => target.Organization != order.Target.Organization).Count();
        return new V4World
        {
            Image = order.Manifest.Algorithm.Text["oci:".Length..],
            Sites = sites,
            Own = (place < targets.Count ? place : sites.Count) + 1,
            OwnName = own ?? "this site",
            Labels = [.. (order.Manifest.Delegation?.Data ?? order.Manifest.Data).Select(data => data.Label)],
            HasStudy = order.Manifest.Study is not null,
        };
    }
}
