using Vantage.Tests.Architecture;

namespace Vantage.Tests.Cli;

public sealed class CliDocumentTests
{
    [Fact]
    public async Task ThePage_SaysWhatTheCommandsTake()
    {
        var page = Checkout.PathOf("docs/cli.md");
        var printed = CliDocument.Print();
        if (Environment.GetEnvironmentVariable("VANTAGE_PRINT_DOCS") == "1")
        {
            await File.WriteAllTextAsync(page, printed, TestContext.Current.CancellationToken);
        }

        Assert.Equal(printed, await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken));
    }
}
