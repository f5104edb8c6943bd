using System.Text.Json;
using Vantage.Algorithms;
using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Algorithms.Testing;
using Vantage.NodeAgent.Disclosure.Filtering;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Disclosure;
using Vantage.Protocol.Disclosure.Tables;
using Vantage.Protocol.Disclosure.Tables.Linked;

namespace Statistics.Tests.Disclosure.Filter;

/// <summary>Sites whose answers pass the node's own filter before anybody sees them, as they do at a node.</summary>
/// <param name="sites">Who is asked.</param>
/// <param name="rules">Of all of them.</param>
/// <param name="left">By site, the tables of the same rows that left before; null where nobody remembers.</param>
internal sealed class FilteredFederation(
    IReadOnlyList<InProcessSite> sites, DisclosureRules rules, Dictionary<string, List<ToldTable>>? left = null) : IFederation
{
    private readonly List<Judged> judged = [];

    public IReadOnlyList<string> Sites => [.. sites.Select(s => s.Name)];

    /// <summary>What became of every answer.</summary>
    public IReadOnlyList<Judged> Judged => judged;

    public async Task<IReadOnlyList<SiteResult<TResult>>> RunAsync<TArgs, TResult>(
        Algorithm algorithm, PartialFunction<TArgs, TResult> function, TArgs arguments, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(arguments, function.Arguments);
        var results = new List<SiteResult<TResult>>();
        foreach (var site in sites)
            results.Add(await AnswerAsync(site, algorithm, function, json, cancellationToken));
        return results;
    }

    private async Task<SiteResult<TResult>> AnswerAsync<TArgs, TResult>(
        InProcessSite site, Algorithm algorithm, PartialFunction<TArgs, TResult> function, byte[] arguments, CancellationToken cancellationToken)
    {
        try
        {
            var context = new InProcessContext(site.Name) { Disclosure = rules };
            await function.InvokeAsync(context, arguments, new FunctionData(site.Tables), cancellationToken);
            var output = JsonElement.Parse(context.Outputs[Gateway.ResultName]);
            // As at a node: without disclosure control nobody looks.
            var verdict = rules.IsOff ? new OutputVerdict.Passes(context.Outputs[Gateway.ResultName], 0) : OutputFilter.Judge(Schema.Of(function), output, await FactsAsync(site, arguments, cancellationToken));
            if (left is not null && verdict is OutputVerdict.Passes answer)
                verdict = Remember(site.Name, answer);
            judged.Add(new(algorithm.Name, function.Name, site.Name, output, verdict));
            return verdict switch
            {
                OutputVerdict.Passes passes => new SiteResult<TResult>.Succeeded(site.Name, JsonSerializer.Deserialize(passes.Bytes.Span, function.Result)!),
                OutputVerdict.Refused refused => new SiteResult<TResult>.Refused(site.Name, refused.Rule, refused.Why),
                _ => new SiteResult<TResult>.Expired(site.Name),
            };
        }
        catch (RunFailedException e)
        {
            return new SiteResult<TResult>.Failed(site.Name, RunFailures.Of(e, function.Name));
        }
    }

    private OutputVerdict Remember(string site, OutputVerdict.Passes answer)
    {
        if (!left!.TryGetValue(site, out var before))
            left[site] = before = [];
        if (LinkedTables.Judge(before, answer.Told, rules) != LinkedVerdict.Nothing)
            return new OutputVerdict.Refused(SuppressionRules.Complementary, "tables that left before would tell more with it");
        before.AddRange(answer.Told);
        return answer;
    }

    /// <summary>A node shows a run the columns that its arguments name, and all where they name none.</summary>
    private async Task<OutputFacts> FactsAsync(InProcessSite site, byte[] arguments, CancellationToken cancellationToken)
    {
        var (rows, all) = await TableFacts.OfAsync(site.Tables[0], cancellationToken);
        var named = all.Where(JsonElement.Parse(arguments).Texts().ToHashSet(StringComparer.Ordinal).Contains).ToList();
        return new OutputFacts(rules, rows, (named.Count == 0 ? all : named).ToHashSet(StringComparer.Ordinal)).Knowing(arguments);
    }
}

/// <param name="Algorithm">Its name.</param>
/// <param name="Function">Its name.</param>
/// <param name="Site">Who answered.</param>
/// <param name="Output">As the function gave it.</param>
/// <param name="Verdict">Of the node's filter.</param>
internal sealed record Judged(string Algorithm, string Function, string Site, JsonElement Output, OutputVerdict Verdict)
{
    /// <summary>Whether the site half says so.</summary>
    public bool HeldBack => Verdict is OutputVerdict.Passes { HeldBack: > 0 };

    /// <summary>Null if it passes.</summary>
    public string? Trouble => Verdict switch
    {
        OutputVerdict.Refused refused => $"refused ({refused.Rule}): {refused.Why}",
        OutputVerdict.Undeclared undeclared => $"waits for a person: {undeclared.Why}",
        _ => null,
    };

    public override string ToString() => $"{Algorithm} {Function} at {Site}";
}
