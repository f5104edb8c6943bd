namespace Vantage.Tests.Protocol.Lifecycles;

public sealed class LifecycleDocumentTests
{
    [Fact]
    public async Task ThePage_SaysWhatTheTablesDo()
    {
        var page = Path.Combine(Checkout(), "docs", "lifecycles.md");
        var printed = LifecycleDocument.Print();
        if (Environment.GetEnvironmentVariable("VANTAGE_PRINT_DOCS") == "1")
        {
            await File.WriteAllTextAsync(page, printed, TestContext.Current.CancellationToken);
        }

        Assert.Equal(printed, await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken));
    }

    private static string Checkout()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Vantage.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not lie in a checkout.");
        }

        return folder.FullName;
    }
}
