using Vantage.Algorithms;
using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;

namespace Vantage.Cli.Tasks.Asking;

/// <summary>
/// Notes which sites answered. A program over fewer sites than asked answers another question, so that sites are left
/// out only where the asker said beforehand that this is welcome, and then for all further rounds.
/// </summary>
internal sealed class ObservedFederation(IFederation inner, bool acceptMissing) : IFederation
{
    private readonly Dictionary<string, string> missing = [];
    private int answers;

    public IReadOnlyList<string> Sites =>
        acceptMissing ? [.. inner.Sites.Where(site => !missing.ContainsKey(site))] : inner.Sites;

    /// <summary>How many sites were asked in the first round.</summary>
    public int Asked => inner.Sites.Count;

    /// <summary>Site → why it gave nothing.</summary>
    public IReadOnlyDictionary<string, string> Missing => missing;

    /// <summary>Results whose receipts were verified, over all rounds.</summary>
    public int Answers => answers;

    public async Task<IReadOnlyList<SiteResult<TResult>>> RunAsync<TArgs, TResult>(Algorithm algorithm,
        PartialFunction<TArgs, TResult> function, TArgs arguments, CancellationToken cancellationToken)
    {
        var results = await inner.RunAsync(algorithm, function, arguments, cancellationToken);
        foreach (var result in results)
        {
            if (result.Why is { } why)
            {
                missing.TryAdd(result.Site, why);
            }
            else
            {
                answers++;
            }
        }

        // Where nobody answered there is nothing to combine: the program shall see that for itself.
        return acceptMissing && results.Any(r => !missing.ContainsKey(r.Site))
            ? [.. results.Where(r => !missing.ContainsKey(r.Site))]
            : results;
    }
}
