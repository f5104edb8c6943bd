using Vantage.NodeAgent.Disclosure;
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
            // Who answers for an image stands beside, in a member of its own.
            Enforced = new SortedDictionary<string, string>(end.Enforced.Concat(Consent(permit)).ToDictionary(), StringComparer.Ordinal)
            {
                ["disclosure"] = DisclosureWords.Of(permit.Rule.Disclosure, permit.Rule.Memory),
                ["output"] = $"{outputBytes >> 20} MiB",
                ["log"] = $"{logBytes >> 10} KiB",
            },
        };

    private static IEnumerable<KeyValuePair<string, string>> Consent(RunPermit permit) =>
        permit.Image is null ? [new("consent", "the policy accepts that there is no sandbox")] : [];
}
