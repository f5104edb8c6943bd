using System.Globalization;
using System.Text.Json;
using Vantage.NodeAgent.Disclosure.Filtering;
using Vantage.Tests.Architecture;

namespace Statistics.Tests.Disclosure.Corpus;

/// <summary>
/// Outputs that give people away, all of which stay or leave without what does, and harmless ones, nearly all of which leave. Neither is
/// made by the code under test: the first are thought up, the second follow from the rules as docs/disclosure.md has them.
/// </summary>
public sealed class CorpusTests(ITestOutputHelper output)
{
    [Fact]
    public void WhatGivesPeopleAway_StaysOrLeavesWithoutIt()
    {
        var cases = CorpusCase.Read("disclosive");
        var missed = cases.Select(c => (Case: c, How: Escape(c))).Where(c => c.How is not null).ToList();

        output.WriteLine($"{cases.Count - missed.Count} of {cases.Count} disclosive outputs blocked or suppressed.");
        Assert.True(cases.Count >= 200 && cases.DistinctBy(c => c.Name).Count() == cases.Count);
        Assert.True(missed.Count == 0, string.Join(Environment.NewLine, missed.Select(m => $"{m.Case.About}: {m.Case.Name}: {m.How}")));
    }

    [Fact]
    public void WhatIsHarmless_Leaves()
    {
        var cases = CorpusCase.Read("safe");
        var held = cases.Select(c => (Case: c, Verdict: c.Judge())).Where(c => c.Verdict is not OutputVerdict.Passes).ToList();

        output.WriteLine($"{cases.Count - held.Count} of {cases.Count} safe outputs let through.");
        Assert.True(cases.Count >= 200 && cases.DistinctBy(c => c.Name).Count() == cases.Count);
        Assert.True(held.Count <= cases.Count * 0.02, string.Join(Environment.NewLine, held.Select(h => $"{h.Case.About}: {h.Case.Name}: {h.Verdict}")));
    }

    /// <summary>The page says how many there are, and what becomes of them.</summary>
    [Fact]
    public void ThePage_TellsTheRates()
    {
        var safe = CorpusCase.Read("safe");
        var passed = safe.Count(c => c.Judge() is OutputVerdict.Passes);

        Assert.Contains(
            string.Create(CultureInfo.InvariantCulture, $"{CorpusCase.Read("disclosive").Count} outputs that give somebody away, none of which leaves as it is, and {safe.Count} harmless ones, of which {passed} leave"),
            Checkout.Read("docs/disclosure.md").ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    /// <summary>Null if it is held back, or leaves as it has to.</summary>
    private static string? Escape(CorpusCase one) => one.Judge() switch
    {
        OutputVerdict.Passes passes when one.Leaves is { } leaves =>
            JsonElement.DeepEquals(JsonElement.Parse(passes.Bytes.Span), leaves) ? null : $"leaves as {JsonElement.Parse(passes.Bytes.Span)}",
        OutputVerdict.Passes => "passes",
        _ when one.Leaves is not null => "is refused, and was to leave without what gives away",
        _ => null,
    };
}
