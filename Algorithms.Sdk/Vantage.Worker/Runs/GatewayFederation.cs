using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Vantage.Algorithms;
using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Lifecycles;
using Vantage.Worker.Gateways;

namespace Vantage.Worker.Runs;

/// <summary>
/// The federation as a central function sees it at a node: what it asks goes through the Gateway, which signs it within
/// the task's delegation, and what comes back was verified and opened by the node.
/// </summary>
internal sealed class GatewayFederation(RunFile file, Algorithm own, GatewayClient gateway) : IFederation
{
    public IReadOnlyList<string> Sites { get; } = file.Sites ?? [];

    public async Task<IReadOnlyList<SiteResult<TResult>>> RunAsync<TArgs, TResult>(
        Algorithm algorithm,
        PartialFunction<TArgs, TResult> function,
        TArgs arguments,
        CancellationToken cancellationToken)
    {
        if (!ReferenceEquals(algorithm, own))
        {
            throw new RunFailedException(RunCodes.SitesFailed,
                $"'{own.Name}' asks for '{algorithm.Name}', and at a node an algorithm asks for its own functions only.");
        }

        var task = await gateway.AskAsync(
            new SubtaskRequest(function.Name, JsonSerializer.SerializeToElement(arguments, function.Arguments)), cancellationToken);
        var state = await gateway.SettledAsync(task.Task, cancellationToken);
        var results = new List<SiteResult<TResult>>();
        foreach (var (end, index) in state.Sites.Select((end, index) => (end, index)))
            results.Add(await ReadAsync(state, end, index, function.Result, cancellationToken));
        return results;
    }

    private async Task<SiteResult<T>> ReadAsync<T>(
        SubtaskState state, SubtaskEnd end, int index, JsonTypeInfo<T> type, CancellationToken cancellationToken) => end.Outcome switch
        {
            RunOutcome.Succeeded => await ResultAsync(state, end.Site, index, type, cancellationToken),
            RunOutcome.Refused => new SiteResult<T>.Refused(end.Site, end.Rule ?? "no rule", end.Failure?.Message ?? "It gave no reason."),
            RunOutcome.Cancelled => new SiteResult<T>.Cancelled(end.Site),
            RunOutcome.Expired => new SiteResult<T>.Expired(end.Site),
            RunOutcome.Lost => new SiteResult<T>.Lost(end.Site),
            _ => new SiteResult<T>.Failed(end.Site, end.Failure ?? new(RunCodes.AlgorithmFailed, "It gave no reason.")),
        };

    private async Task<SiteResult<T>> ResultAsync<T>(
        SubtaskState state, string site, int index, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        await using var body = await gateway.ResultAsync(state.Task, index, cancellationToken);
        try
        {
            return await JsonSerializer.DeserializeAsync(body, type, cancellationToken) is { } value
                ? new SiteResult<T>.Succeeded(site, value)
                : new SiteResult<T>.Failed(site, new(RunCodes.AlgorithmNoOutput, "Its result is null."));
        }
        catch (JsonException e)
        {
            return new SiteResult<T>.Failed(site, new(RunCodes.AlgorithmFailed,
                $"Its result is not what this algorithm returns: {e.Message} Does it run the same release?"));
        }
    }
}
