using System.Text.Json;
using System.Text.Json.Serialization;
using Vantage.NodeAgent.Gateway;
using Vantage.NodeAgent.Runtimes;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Errors;

namespace Vantage.NodeAgent.Rehearsals;

/// <summary>How one function ended at one place. Here its words are the author's own: nothing is withheld.</summary>
/// <param name="Site">Null for a central function.</param>
/// <param name="Size">Of the result in bytes, where there is one.</param>
/// <param name="Result">Where it is JSON.</param>
internal sealed record RehearsedRun(string? Site, string Function, long? Size, JsonElement? Result, RunFailure? Failure)
{
    /// <summary>What would become of the result at a node with the policy that is rehearsed; null without one.</summary>
    public string? Leaves { get; init; }

    /// <summary>Where the result lies.</summary>
    [JsonIgnore]
    public string? Output { get; private init; }

    public static RehearsedRun Failed(string? site, string function, string code, string message) =>
        new(site, function, null, null, new RunFailure(code, message, function));

    public static RehearsedRun Of(string? site, string function, RuntimeEnd end, GatewayCalls calls, RehearsalTerms terms) => (end, calls) switch
    {
        (RuntimeEnd.Exited { Code: WorkerExitCodes.Succeeded }, { Output.Stored: { } output }) =>
            new(site, function, output.Size, Json(output.Path), null) { Output = output.Path },
        (RuntimeEnd.Exited, { Output.Exceeded: true }) =>
            Failed(site, function, RunCodes.OutputTooLarge, $"The output is larger than {terms.OutputMiB} MiB."),
        (RuntimeEnd.Exited { Code: WorkerExitCodes.Succeeded }, _) =>
            Failed(site, function, RunCodes.AlgorithmNoOutput, $"'{function}' ended well, but gave no result."),
        (RuntimeEnd.Exited, { Failure: { } told }) => new(site, function, null, null, told),
        (RuntimeEnd.Exited exited, _) => Failed(site, function, RunCodes.AlgorithmFailed, $"'{function}' ended with exit code {exited.Code} without a word."),
        (RuntimeEnd.Exceeded over, _) => Failed(site, function, RunCodes.AlgorithmFailed, $"'{function}' used more {over.Resource} than a run may and was stopped."),
        (RuntimeEnd.Refused no, _) => Failed(site, function, RunCodes.RuntimeUnavailable, $"{no.Rule}: {no.Message}"),
        (RuntimeEnd.Lost lost, _) => Failed(site, function, RunCodes.RuntimeUnavailable, lost.Message),
        (RuntimeEnd.NotStarted not, _) => Failed(site, function, RunCodes.RuntimeUnavailable, not.Message),
        _ => Failed(site, function, RunCodes.NodeStopped, "It was stopped."),
    };

    private static JsonElement? Json(string path)
    {
        try
        {
            return JsonElement.Parse(File.ReadAllBytes(path));
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>A whole rehearsal: what each site's function gave, and what the central one made of it.</summary>
/// <param name="Sites">Of a central function: every answer that it had, in the order in which it asked.</param>
internal sealed record RehearsalReport(
    string Algorithm, string Version, string Function, JsonElement? Result, RunFailure? Failure, IReadOnlyList<RehearsedRun> Sites)
{
    /// <summary>What a site's policy said to each function; null where none was asked.</summary>
    public IReadOnlyList<RehearsedVerdict>? Policy { get; init; }

    public bool Succeeded => Failure is null && Sites.All(run => run.Failure is null);
}
