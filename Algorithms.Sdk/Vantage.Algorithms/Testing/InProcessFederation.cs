using System.Text.Json;
using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Algorithms.Tables;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Disclosure;
using Vantage.Protocol.Errors;

namespace Vantage.Algorithms.Testing;

/// <summary>
/// A federation in one process, for tests and for trying a program on tables at hand. Arguments and results take the
/// same way through JSON as over the wire, so that a type that does not survive it is noticed here.
/// </summary>
public sealed class InProcessFederation : IFederation
{
    private readonly IReadOnlyList<InProcessSite> sites;

    /// <param name="sites">Each name once.</param>
    public InProcessFederation(params IReadOnlyList<InProcessSite> sites)
    {
        if (sites.DistinctBy(s => s.Name).Count() != sites.Count)
            throw new ArgumentException("Each site's name appears once.", nameof(sites));
        this.sites = sites;
    }

    /// <summary>What the sites' functions are told that may leave; nobody looks at their outputs here.</summary>
    public DisclosureRules Disclosure { get; init; } = DisclosureRules.Off;

    /// <summary>The same sites under other rules.</summary>
    public InProcessFederation Under(DisclosureRules rules) => new(sites) { Disclosure = rules };

    /// <inheritdoc/>
    public IReadOnlyList<string> Sites => [.. sites.Select(s => s.Name)];

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SiteResult<TResult>>> RunAsync<TArgs, TResult>(
        Algorithm algorithm,
        PartialFunction<TArgs, TResult> function,
        TArgs arguments,
        CancellationToken cancellationToken)
    {
        if (!algorithm.Functions.Contains(function))
            throw new ArgumentException($"'{algorithm.Name}' does not hold this '{function.Name}'.", nameof(function));

        var json = JsonSerializer.SerializeToUtf8Bytes(arguments, function.Arguments);
        var results = new List<SiteResult<TResult>>();
        foreach (var site in sites)
            results.Add(await RunAsync(site, function, json, cancellationToken));
        return results;
    }

    private async Task<SiteResult<TResult>> RunAsync<TArgs, TResult>(
        InProcessSite site,
        PartialFunction<TArgs, TResult> function,
        byte[] arguments,
        CancellationToken cancellationToken)
    {
        try
        {
            var context = new InProcessContext(site.Name) { Disclosure = Disclosure };
            await function.InvokeAsync(context, arguments, new FunctionData(site.Tables), cancellationToken);
            var value = JsonSerializer.Deserialize(context.Outputs[Gateway.ResultName], function.Result)
                ?? throw new RunFailedException(RunCodes.AlgorithmNoOutput, "The function's result is null.");
            return new SiteResult<TResult>.Succeeded(site.Name, value);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e)
        {
            return new SiteResult<TResult>.Failed(site.Name, RunFailures.Of(e, function.Name));
        }
    }
}

/// <summary>A site of an <see cref="InProcessFederation"/> and what it has.</summary>
public sealed record InProcessSite(string Name, params IReadOnlyList<ITable> Tables);
