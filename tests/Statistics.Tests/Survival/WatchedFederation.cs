using Vantage.Algorithms;
using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;

namespace Statistics.Tests.Survival;

/// <summary>Keeps what the sites answered.</summary>
internal sealed class WatchedFederation(IFederation federation) : IFederation
{
    private readonly List<object> answers = [];

    public IReadOnlyList<string> Sites => federation.Sites;

    public IEnumerable<T> Of<T>() => answers.OfType<T>();

    public async Task<IReadOnlyList<SiteResult<TResult>>> RunAsync<TArgs, TResult>(
        Algorithm algorithm, PartialFunction<TArgs, TResult> function, TArgs arguments, CancellationToken cancellationToken)
    {
        var results = await federation.RunAsync(algorithm, function, arguments, cancellationToken);
        answers.AddRange(results.OfType<SiteResult<TResult>.Succeeded>().Select(s => (object)s.Value!));
        return results;
    }
}
