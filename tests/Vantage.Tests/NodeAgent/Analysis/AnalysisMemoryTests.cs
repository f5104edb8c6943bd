using Vantage.NodeAgent.Runs;
using Vantage.Protocol.Cryptography;

namespace Vantage.Tests.NodeAgent.Analysis;

[Collection(nameof(Alone))]
public sealed class AnalysisMemoryTests : IAsyncDisposable
{
    private readonly AnalysisBench bench = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => bench.DisposeAsync();

    [Fact]
    public async Task AGigabyte_StreamsThroughWithoutFillingTheNodesMemory()
    {
        bench.WritePolicy("limits: { outputMiB: 1024 }");
        var before = GC.GetTotalAllocatedBytes();

        var done = Assert.IsType<RunEnd.Succeeded>(await bench.RunAsync("testing", "blob", """{"seed":1,"bytes":1073741824}"""));

        Assert.Equal(1L << 30, done.Size);
        // What is let go again counts as well, and grows with the number of reads; holding the stream would take twice this.
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 512L << 20);
        await using var file = File.OpenRead(done.OutputPath);
        Assert.Equal(await Digest.OfAsync(file, Cancellation), done.Digest);
    }
}
