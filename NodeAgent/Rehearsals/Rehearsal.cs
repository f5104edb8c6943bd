using System.Text.Json;
using Vantage.NodeAgent.Hosting;
using Vantage.Protocol.Algorithms;

namespace Vantage.NodeAgent.Rehearsals;

/// <summary>A federation of one author: some tables, one algorithm, one question.</summary>
internal sealed class Rehearsal(RehearsalStage stage, AlgorithmManifest algorithm, IReadOnlyList<RehearsalSite> sites, TimeProvider time)
{
    /// <param name="name">Null for the central function, or where there is none, the first.</param>
    public FunctionManifest Function(string? name) => name is null
        ? algorithm.Functions.FirstOrDefault(f => f.Kind == FunctionKind.Central) ?? algorithm.Functions[0]
        : algorithm.Functions.FirstOrDefault(f => f.Name == name) ?? throw CommandFailure.Usage(
            $"'{algorithm.Name}' has no function '{name}'. It has: {string.Join(", ", algorithm.Functions.Select(f => f.Name))}.");

    public async Task<RehearsalReport> RunAsync(
        FunctionManifest function, ReadOnlyMemory<byte> arguments, string folder, CancellationToken cancellationToken)
    {
        if (function.Kind == FunctionKind.Central)
        {
            var desk = new RehearsalDesk(stage, algorithm, sites, folder, time, cancellationToken);
            var ended = await stage.RunCentralAsync(function, arguments, desk, Path.Combine(folder, "central"), cancellationToken);
            return Report(ended.Result, ended.Failure, desk.Runs);
        }

        return Report(null, null, await stage.RunAllAsync(sites, function, arguments, isAsked: false, folder, cancellationToken));

        RehearsalReport Report(JsonElement? result, RunFailure? failure, IReadOnlyList<RehearsedRun> runs) =>
            new(algorithm.Name, algorithm.Version, function.Name, result, failure, runs) { Policy = stage.Policy is null ? null : stage.Verdicts };
    }
}
