using Vantage.Statistics;
using Vantage.Tests.Architecture;

namespace Statistics.Tests.Fields;

/// <summary>Nobody has to guess what a number of a result is.</summary>
public sealed class FieldsDocumentTests
{
    private const string Page = "docs/statistics/fields.md";

    [Fact]
    public void EachFieldOfEachResult_IsExplained()
    {
        var comments = new Comments(typeof(StandardLibrary).Assembly);

        Assert.All(
            ResultTypes.All.SelectMany(ResultTypes.PropertiesOf),
            p => Assert.True(comments.Of(p).Length > 1, $"{p.DeclaringType!.Name}.{p.Name} has no comment."));
    }

    [Fact]
    public async Task ThePage_SaysWhatTheCommentsSay()
    {
        var printed = FieldsDocument.Print();
        if (Environment.GetEnvironmentVariable("VANTAGE_PRINT_DOCS") == "1")
            await File.WriteAllTextAsync(Checkout.PathOf(Page), printed, TestContext.Current.CancellationToken);

        Assert.True(
            printed == Checkout.Read(Page).ReplaceLineEndings("\n"), $"{Page} is of other comments: print it anew with VANTAGE_PRINT_DOCS=1.");
    }
}
