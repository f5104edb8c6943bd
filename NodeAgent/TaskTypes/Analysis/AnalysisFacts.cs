using Vantage.NodeAgent.Runs;
using Vantage.NodeAgent.Runtimes;

namespace Vantage.NodeAgent.TaskTypes.Analysis;

/// <summary>What the receipt says of an execution.</summary>
internal static class AnalysisFacts
{
    public static ExecutionFacts Of(
        RunPermit permit, PreparedData data, RuntimeEnd end, IRuntime runtime, long outputBytes, long logBytes, DateTimeOffset begun, DateTimeOffset now) =>
        new(begun, now)
        {
            Decision = permit.Decision,
            Datasets = data.Used,
            Image = permit.Image?.Receipt,
            Sandbox = end is RuntimeEnd.NotStarted or RuntimeEnd.Refused ? null : runtime.Name,
            Enforced = new SortedDictionary<string, string>(end.Enforced.ToDictionary(), StringComparer.Ordinal)
            {
                [permit.Image is null ? "consent" : "image"] = permit.Image is { } image
                    ? $"signed by '{image.Publisher}' ({image.How}, key {image.Key})"
                    : "the policy accepts that there is no sandbox",
                ["output"] = $"{outputBytes >> 20} MiB",
                ["log"] = $"{logBytes >> 10} KiB",
            },
        };
}
