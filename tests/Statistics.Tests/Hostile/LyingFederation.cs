using Vantage.Algorithms;
using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;

namespace Statistics.Tests;

/// <summary>A federation of North and South, in which South returns what no table can give.</summary>
internal static class LyingFederation
{
    /// <summary>The lie is refused by South's name, and nothing is held against North.</summary>
    public static async Task AssertNamedAsync<TPartial, TArgs, TResult>(
        IFederation honest,
        CentralFunction<TArgs, TResult> central,
        TArgs arguments,
        Func<TPartial, TPartial> lie)
    {
        var federation = new Liar<TPartial>(honest, lie);

        var refusal = await Assert.ThrowsAnyAsync<Exception>(
            () => central.RunAsync(federation, arguments, TestContext.Current.CancellationToken));

        Assert.Contains("South", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("North", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>South changes what it returns.</summary>
    private sealed class Liar<TPartial>(IFederation honest, Func<TPartial, TPartial> lie) : IFederation
    {
        public IReadOnlyList<string> Sites => honest.Sites;

        public async Task<IReadOnlyList<SiteResult<TResult>>> RunAsync<TArgs, TResult>(
            Algorithm algorithm,
            PartialFunction<TArgs, TResult> function,
            TArgs arguments,
            CancellationToken cancellationToken)
        {
            var results = await honest.RunAsync(algorithm, function, arguments, cancellationToken);
            return [.. results.Select(r => r is SiteResult<TResult>.Succeeded { Site: "South", Value: TPartial value }
                ? new SiteResult<TResult>.Succeeded("South", (TResult)(object)lie(value)!)
                : r)];
        }
    }
}
