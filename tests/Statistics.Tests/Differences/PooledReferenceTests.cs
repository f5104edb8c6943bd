namespace Statistics.Tests.Differences;

/// <summary>Every analysis over sites gives what R gives for all rows in one table, however they are spread.</summary>
public sealed class PooledReferenceTests
{
    private const double Tolerance = 1e-9;

    public static TheoryData<string, int> Spreads => [.. Spread.All.Select(s => new TheoryDataRow<string, int>(s.Split, s.Count))];

    [Theory]
    [MemberData(nameof(Spreads))]
    public async Task AnalysesOverSites_AreThoseOfThePooledRows(string split, int count)
    {
        using var spread = new Spread(split, count);
        var wrong = new List<string>();

        foreach (var reference in ReferenceCases.OfFiles.Where(r => spread.Answers(r) && spread.Fits(r.Data)))
        {
            var difference = await spread.OfAsync(reference, TestContext.Current.CancellationToken);
            if (!(difference.Worst <= Tolerance))
                wrong.Add($"{reference.Algorithm} {reference.Data} {reference.Arguments.GetRawText()}: {difference.Where}");
        }

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }
}
