using System.Text.Json;
using Statistics.Tests.Survival;
using Vantage.Algorithms.Functions;
using Vantage.Statistics;

namespace Statistics.Tests.Disclosure.Filter;

/// <summary>
/// No analysis of the standard library ever waits for a person, or is refused by a node for what its own site half let through; and
/// what a site held back is said.
/// </summary>
public sealed class EveryPartialTests
{
    [Theory]
    [InlineData("acro")]
    [InlineData("datashield")]
    [InlineData("rounded")]
    [InlineData("off")]
    public async Task EveryAnswerOfASite_PassesItsNode_AndWhatIsMissingIsSaid(string preset)
    {
        var troubles = new List<string>();
        var asked = new HashSet<Function>();
        using var sites = new SplitSites(3);

        foreach (var (name, data, arguments) in Questions.All)
        {
            var algorithm = StandardLibrary.Algorithms.Algorithms.Single(a => a.Name == name);
            var federation = new FilteredFederation(sites.Of(data), Presets.Of(preset));
            var told = await AskAsync((CentralFunction)algorithm.Functions.Single(f => f is CentralFunction), federation, arguments);

            asked.UnionWith(federation.Judged.Select(j => algorithm.Functions.Single(f => f.Name == j.Function)));
            troubles.AddRange(federation.Judged.Where(j => j.Trouble is not null).Select(j => $"{j}, {data} {arguments.GetRawText()}: {j.Trouble}"));
            troubles.AddRange(federation.Judged.Where(j => j.HeldBack && !told.Contains($"{j.Site} held back", StringComparison.Ordinal))
                .Select(j => $"{j}, {data} {arguments.GetRawText()}: says nowhere that it held back: {told[..Math.Min(told.Length, 200)]}"));
        }

        Assert.True(troubles.Count == 0, string.Join(Environment.NewLine, troubles.Distinct()));
        Assert.Empty(preset == "off" ? [] : Unasked(asked));
    }

    /// <summary>All texts of the answer, or why there is none.</summary>
    private static async Task<string> AskAsync(CentralFunction central, FilteredFederation federation, JsonElement arguments)
    {
        try
        {
            var result = await central.InvokeAsync(
                federation, JsonSerializer.SerializeToUtf8Bytes(arguments), TestContext.Current.CancellationToken);
            return string.Join('\n', result.Texts());
        }
        catch (Exception e) when (e is RunFailedException or Vantage.Algorithms.Federations.SitesFailedException)
        {
            return e.Message;
        }
    }

    /// <summary>Rounds with exact numbers are asked only where no rules hold.</summary>
    private static IEnumerable<string> Unasked(HashSet<Function> asked) =>
        from algorithm in StandardLibrary.Algorithms.Algorithms
        where algorithm.Name is not ("sessions" or "dictionary")
        from function in algorithm.Functions.OfType<SiteFunction>()
        where !asked.Contains(function) && !((algorithm.Name, function.Name) is ("kaplan-meier" or "logrank" or "cox", "partial") or ("cox", "times"))
        select $"{algorithm.Name} {function.Name}";
}
