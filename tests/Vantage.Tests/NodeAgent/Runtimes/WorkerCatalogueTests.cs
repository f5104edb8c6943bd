using Vantage.NodeAgent.Runtimes.Catalogue;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Manifests;
using Vantage.Tests.NodeAgent.Doubles;
using Vantage.Tests.Worker;

namespace Vantage.Tests.NodeAgent.Runtimes;

public sealed class WorkerCatalogueTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ExactlyTheCodeThatTheWorkerHolds_IsFound()
    {
        using var catalogue = new WorkerCatalogue(WorkerProcess.Vantage);
        var missing = Assert.IsType<AlgorithmResolution.Missing>(
            await catalogue.ResolveAsync(AlgorithmRef.Builtin("summary", "1.0.0", "sha256:" + new string('0', 64)), Cancellation));
        Assert.Equal(RunCodes.AlgorithmUnknown, missing.Code);
        var has = missing.Message.Split(' ').Select(w => w.TrimEnd('.', ',')).Last(w => AlgorithmRef.TryParse(w, out _));

        var found = Assert.IsType<AlgorithmResolution.Found>(await catalogue.ResolveAsync(AlgorithmRef.Parse(has), Cancellation));

        Assert.Contains(found.Manifest.Functions, f => f.Name == "partial");
    }

    [Fact]
    public async Task AnUnknownName_IsAnsweredWithWhatThereIs()
    {
        using var catalogue = new WorkerCatalogue(WorkerProcess.Vantage);

        var missing = Assert.IsType<AlgorithmResolution.Missing>(
            await catalogue.ResolveAsync(AlgorithmRef.Builtin("sumary", "1.0.0", "sha256:" + new string('0', 64)), Cancellation));

        Assert.Equal(RunCodes.AlgorithmUnknown, missing.Code);
        Assert.Contains("It has: summary", missing.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("oci:registry.example/a@sha256:")]
    [InlineData("bundle:sha256:")]
    public async Task ImagesAndBundles_AreNotYet(string kind)
    {
        using var catalogue = new WorkerCatalogue(WorkerProcess.Vantage);

        var missing = Assert.IsType<AlgorithmResolution.Missing>(
            await catalogue.ResolveAsync(AlgorithmRef.Parse(kind + new string('0', 64)), Cancellation));

        Assert.Equal(RunCodes.NotYet, missing.Code);
    }

    [Theory]
    [InlineData("/nowhere/worker")]
    [InlineData("/bin/true")]
    [InlineData("/bin/false")]
    [InlineData("/etc/hostname")]
    public async Task AWorkerThatIsNone_IsUnavailableByName(string path)
    {
        using var catalogue = new WorkerCatalogue(path);

        var missing = Assert.IsType<AlgorithmResolution.Missing>(
            await catalogue.ResolveAsync(AlgorithmRef.Builtin("summary", "1.0.0", "sha256:" + new string('0', 64)), Cancellation));

        Assert.Equal(RunCodes.RuntimeUnavailable, missing.Code);
        Assert.Contains(path, missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheWorker_IsAskedOnceUntilALookFindsItsFilesChanged()
    {
        using var bench = new ProcessBench("""
            [ "$1" = catalogue ] || exit 1
            echo x >> /tmp/vtg-asked-$PPID
            echo '{"v":1,"algorithms":[]}'
            """);
        var asked = $"/tmp/vtg-asked-{Environment.ProcessId}";
        var clock = new VirtualClock(DateTimeOffset.UnixEpoch);
        using var catalogue = new WorkerCatalogue(bench.Worker, TimeSpan.FromHours(1), clock);
        var reference = AlgorithmRef.Builtin("summary", "1.0.0", "sha256:" + new string('0', 64));
        try
        {
            await catalogue.ResolveAsync(reference, Cancellation);
            await catalogue.ResolveAsync(reference, Cancellation);
            Assert.Single(await File.ReadAllLinesAsync(asked, Cancellation));

            File.SetLastWriteTimeUtc(bench.Worker, new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));
            await catalogue.ResolveAsync(reference, Cancellation);
            Assert.Single(await File.ReadAllLinesAsync(asked, Cancellation));
            clock.Advance(TimeSpan.FromHours(2));
            await catalogue.ResolveAsync(reference, Cancellation);

            Assert.Equal(2, (await File.ReadAllLinesAsync(asked, Cancellation)).Length);
        }
        finally
        {
            File.Delete(asked);
        }
    }
}
