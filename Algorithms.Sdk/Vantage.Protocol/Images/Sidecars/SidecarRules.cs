using System.Text;
using Vantage.Protocol.Algorithms;

namespace Vantage.Protocol.Images.Sidecars;

/// <summary>What a sidecar has to be besides well formed. The same for who signs one and for who believes it.</summary>
public static class SidecarRules
{
    /// <summary>Everything that is wrong, a sentence each; empty if nothing is.</summary>
    public static IReadOnlyList<string> Check(Sidecar sidecar)
    {
        var algorithm = sidecar.Algorithm;
        var functions = algorithm.Functions;
        var databases = sidecar.Databases ?? [];
        var needs = functions.SelectMany(f => f.Data.Select(d => d.Name)).ToHashSet(StringComparer.Ordinal);
        (bool Holds, string Sentence)[] rules =
        [
            (sidecar.V == Sidecar.CurrentVersion, $"'v' is {sidecar.V}, and {Sidecar.CurrentVersion} is understood."),
            (sidecar.Serial >= 1, "'serial' is 1 for the first sidecar of an image, and more for each later one."),
            (algorithm.V == AlgorithmManifest.CurrentVersion, $"'algorithm.v' is {algorithm.V}, and {AlgorithmManifest.CurrentVersion} is understood."),
            (algorithm.Warm is not true, "Such an image does one call and ends: it can't be kept warm."),
            (functions.All(f => f.Egress is null or []), "Such an image reaches its proxy and no place outside ('egress')."),
            (functions.Count > 0, "It names no function."),
            (functions.DistinctBy(f => f.Name).Count() == functions.Count, "It names a function twice."),
            (functions.All(f => f.Name.Length > 0), "A function has no name."),
            (functions.All(f => f.Kind is FunctionKind.Partial or FunctionKind.Central), "Functions of such an image are partial or central."),
            (functions.All(f => f.Kind != FunctionKind.Central || f.Data.Count == 0),
                "A central function sees no data of its own: list data with the partial functions."),
            (databases.All(d => needs.Contains(d.Name)), "'databases' lists one that no function needs."),
            (databases.DistinctBy(d => d.Name).Count() == databases.Count, "'databases' lists one twice."),
            (sidecar.Resources is not { MemoryMiB: < 1 } and not { DiskMiB: < 1 }, "'resources' are 1 MiB or more."),
            (!Encoding.UTF8.GetString(SidecarArtefact.Document(sidecar)).Contains(Sidecar.Unfinished, StringComparison.Ordinal),
                $"It is a draft: somebody has to replace what begins with '{Sidecar.Unfinished}'."),
        ];
        return [.. rules.Where(rule => !rule.Holds).Select(rule => rule.Sentence)];
    }
}
