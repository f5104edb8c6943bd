using Vantage.NodeAgent.Runs;
using Vantage.NodeAgent.TaskTypes.Analysis;
using Vantage.Protocol.Errors;

namespace Vantage.NodeAgent.Vantage6;

/// <summary>Why a run that the policy allows can't be run all the same.</summary>
internal static class V4Needs
{
    public static RunEnd? Refusal(RunOrder order, RunPermit permit)
    {
        var facts = new ExecutionFacts { Decision = permit.Decision };
        var (ask, least) = (order.Manifest.Resources, permit.Image!.Sidecar!.Document.Resources);
        if (V4Environment.Clash(order.Manifest.Data.Select(data => data.Label)) is { } clash)
        {
            return new RunEnd.Failed(RunCodes.ArgumentsInvalid,
                $"Two data labels are '{clash}' in capitals, and the image finds its data by that. Label them otherwise: --data LABEL=ID.", null, facts);
        }

        return least switch
        {
            { MemoryMiB: { } memory } when ask.MemoryMiB < memory => TooLittle("memory", ask.MemoryMiB, memory, facts),
            { DiskMiB: { } disk } when ask.DiskMiB < disk => TooLittle("scratch space", ask.DiskMiB, disk, facts),
            _ => null,
        };
    }

    private static RunEnd.Failed TooLittle(string what, int asked, int needed, ExecutionFacts facts) => new(RunCodes.ResourcesUnavailable,
        $"The image needs {needed} MiB of {what}, as its sidecar says, and the task asks for {asked} MiB. Ask for more.", null, facts);
}
