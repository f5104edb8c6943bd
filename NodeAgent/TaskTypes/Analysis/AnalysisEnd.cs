using Vantage.NodeAgent.Gateway;
using Vantage.NodeAgent.Policy;
using Vantage.NodeAgent.Runs;
using Vantage.NodeAgent.Runtimes;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Errors;

namespace Vantage.NodeAgent.TaskTypes.Analysis;

/// <summary>Turns how a process ended, and what it said through the Gateway, into how the run ended.</summary>
internal sealed class AnalysisEnd(RunOrder order, RunPermit permit, PreparedData data, GatewayCalls calls)
{
    private string? Log => permit.Rule.Logs == LogRelease.Release && calls.Log.HasLines ? calls.Log.Path : null;

    public RunEnd Of(RuntimeEnd end, ExecutionFacts facts) => end switch
    {
        RuntimeEnd.Stopped => new RunEnd.Cancelled(facts, Log),
        RuntimeEnd.NotStarted failure => Failed(RunCodes.RuntimeUnavailable, failure.Message, null, facts),
        RuntimeEnd.Lost lost => Failed(RunCodes.RuntimeUnavailable, lost.Message, null, facts),
        RuntimeEnd.Refused refused => new RunEnd.Refused(RunCodes.RuntimeUnavailable, refused.Rule, refused.Message, facts),
        RuntimeEnd.Exceeded { Resource: var resource } => Exceeded(resource, facts),
        RuntimeEnd.Exited exited => Exited(exited.Code, facts),
        _ => throw new InvalidOperationException($"No end for {end}."),
    };

    private RunEnd Exited(int code, ExecutionFacts facts) => calls switch
    {
        _ when code == WorkerExitCodes.Succeeded && calls.Output.Stored is { } output =>
            new RunEnd.Succeeded(output.Path, output.Size, output.Digest, facts, Log),
        { Output.Fault: not null } => Failed(RunCodes.ResourcesUnavailable,
            "The node could not keep the output on its disk; its admin should look for room.", null, facts),
        { Output.Exceeded: true } => Failed(RunCodes.OutputTooLarge,
            $"The output is larger than the {permit.Rule.Limits.OutputMiB} MiB that rule '{permit.Rule.Name}' allows ('outputMiB').", null, facts),
        _ when code == WorkerExitCodes.Succeeded =>
            Failed(RunCodes.AlgorithmNoOutput, $"'{Function}' ended well, but gave no result.", null, facts),
        { Failure: { } told } => Told(told, facts),
        _ => Failed(RunCodes.AlgorithmFailed, Silent(code), null, facts),
    };

    private RunEnd.Failed Exceeded(Resource resource, ExecutionFacts facts)
    {
        var ask = order.Manifest.Resources;
        return resource switch
        {
            Resource.Time => Failed(RunCodes.TimeLimit,
                $"'{Function}' ran longer than the task's {ask.TimeSeconds} s, or past its end, and was stopped.", null, facts),
            Resource.Memory => Failed(RunCodes.MemoryLimit,
                $"'{Function}' used more than the task's {ask.MemoryMiB} MiB of memory and was stopped. Ask for more, if the node allows it.",
                null, facts),
            Resource.Disk => Failed(RunCodes.DiskLimit,
                $"'{Function}' wrote more than the task's {ask.DiskMiB} MiB of scratch files and was stopped.", null, facts),
            _ => throw new InvalidOperationException($"No words for {resource}."),
        };
    }

    private RunEnd.Failed Told(RunFailure told, ExecutionFacts facts)
    {
        // Which sites gave nothing is the node's own knowledge, from receipts that it verified; so are these words.
        if (told.Code == RunCodes.SitesFailed && calls.Subtasks?.Trouble is { } trouble)
        {
            return Failed(RunCodes.SitesFailed, trouble, null, facts);
        }

        // Before it is judged what may be shown: of the files only their names are added, which the node's own errors say too.
        var placed = data.Lines.Aggregate(told.Message, (text, file) => file.Value.Translate(text, file.Key));
        var shown = FailureRelease.Of(told with { Message = placed }, order.Manifest, permit.Rule);
        return Failed(shown.Code, shown.Message, shown.Detail, facts);
    }

    private string Silent(int code) => code > 128
        ? $"'{Function}' was ended by signal {code - 128} without a word."
        : $"'{Function}' ended with exit code {code} without a word.";

    private string Function => order.Manifest.Function;

    private RunEnd.Failed Failed(string code, string message, string? detail, ExecutionFacts facts) =>
        new(code, message, detail, facts, Log);
}
