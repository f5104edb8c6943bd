using System.Security.Cryptography;
using System.Text.Json;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Errors;
using Vantage.Statistics;
using Vantage.Statistics.Summaries;
using Vantage.TestWorker;

namespace Vantage.Tests.Worker;

/// <summary>Workers as processes: signals, memory, what they say of themselves.</summary>
public sealed class WorkerProcessTests : IDisposable
{
    private readonly WorkerFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task TheCatalogue_NamesTheSameCodeAsTheLibraryThatClientsHold()
    {
        using var worker = WorkerProcess.Start(WorkerProcess.Vantage, "catalogue", "--json");

        var exit = await worker.EndAsync();

        Assert.Equal(WorkerExitCodes.Succeeded, exit.Code);
        var catalogue = JsonSerializer.Deserialize(exit.Output, AlgorithmsJson.Default.AlgorithmCatalogue)!;
        Assert.Equal(
            StandardLibrary.Algorithms.Algorithms.Select(a => a.Reference.Text), catalogue.Algorithms.Select(a => a.Ref));
        var summary = Assert.Single(catalogue.Algorithms, a => a.Ref == Summary.Algorithm.Reference.Text);
        Assert.Equal(["partial", "central"], summary.Manifest.Functions.Select(f => f.Name));
        Assert.Equal([FunctionKind.Partial, FunctionKind.Central], summary.Manifest.Functions.Select(f => f.Kind));
    }

    [Fact]
    public async Task WithoutACommand_UsageIsShown()
    {
        using var worker = WorkerProcess.Start(WorkerProcess.Vantage);

        var exit = await worker.EndAsync();

        Assert.Equal(WorkerExitCodes.Usage, exit.Code);
        Assert.Contains("usage:", exit.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnException_IsToldToTheGatewayOnly()
    {
        await using var gateway = await FakeGateway.StartAsync(folder.Path);
        folder.Ask(await ReferenceAsync("testing"), "boom", """{"text":"marker-in-exception"}""");
        using var worker = WorkerProcess.Start(WorkerProcess.Testing, "run", folder.RunFile);

        var exit = await worker.EndAsync();

        Assert.Equal(WorkerExitCodes.Failed, exit.Code);
        Assert.Equal("", exit.Output + exit.Error);
        Assert.Equal(RunCodes.AlgorithmFailed, gateway.Failure.Code);
        Assert.Equal("boom", gateway.Failure.Function);
        Assert.Equal("System.InvalidOperationException", gateway.Failure.Type);
        Assert.Contains("marker-in-exception", gateway.Failure.Message, StringComparison.Ordinal);
        Assert.Contains("TestingAlgorithm", gateway.Failure.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LogLines_ArriveInOrder()
    {
        await using var gateway = await FakeGateway.StartAsync(folder.Path);
        folder.Ask(await ReferenceAsync("testing"), "echo-log", """{"lines":["one","zwei ü","three"]}""");
        using var worker = WorkerProcess.Start(WorkerProcess.Testing, "run", folder.RunFile);

        var exit = await worker.EndAsync();

        Assert.Equal(WorkerExitCodes.Succeeded, exit.Code);
        Assert.Equal(["one\n", "zwei ü\n", "three\n"], gateway.Log);
    }

    [Fact]
    public async Task SigTerm_EndsAWaitingFunction()
    {
        await using var gateway = await FakeGateway.StartAsync(folder.Path);
        folder.Ask(await ReferenceAsync("testing"), "sleep-until-cancelled", """{"percent":7}""");
        using var worker = WorkerProcess.Start(WorkerProcess.Testing, "run", folder.RunFile);
        Assert.Equal(7, await gateway.Progress.Reader.ReadAsync(TestContext.Current.CancellationToken));

        await worker.TerminateAsync();
        var exit = await worker.EndAsync();

        Assert.Equal(WorkerExitCodes.Cancelled, exit.Code);
        Assert.Empty(gateway.Failures);
        Assert.Empty(gateway.Outputs);
    }

    [Fact]
    public async Task AGigabyte_IsStreamedThrough32MiBOfHeap()
    {
        const long bytes = 1L << 30;
        await using var gateway = await FakeGateway.StartAsync(folder.Path);
        folder.Ask(await ReferenceAsync("testing"), "blob", $$"""{"seed":42,"bytes":{{bytes}}}""", outputBytes: bytes);
        using var worker = WorkerProcess.StartWith(
            new() { ["DOTNET_GCHeapHardLimit"] = "0x2000000" }, WorkerProcess.Testing, "run", folder.RunFile);

        var exit = await worker.EndAsync();

        Assert.Equal("", exit.Error);
        Assert.Equal(WorkerExitCodes.Succeeded, exit.Code);
        var output = gateway.Outputs[Gateway.ResultName];
        Assert.Equal(bytes, output.Size);
        Assert.Equal(await HashAsync(42, bytes), output.Sha256);
    }

    private static async Task<string> ReferenceAsync(string algorithm)
    {
        using var worker = WorkerProcess.Start(WorkerProcess.Testing, "catalogue", "--json");
        var catalogue = JsonSerializer.Deserialize((await worker.EndAsync()).Output, AlgorithmsJson.Default.AlgorithmCatalogue)!;
        return catalogue.Algorithms.Single(a => a.Manifest.Name == algorithm).Ref;
    }

    private static async Task<string> HashAsync(long seed, long bytes)
    {
        using var sha = SHA256.Create();
        await using var hashing = new CryptoStream(Stream.Null, sha, CryptoStreamMode.Write);
        await Blob.WriteAsync(hashing, seed, bytes, TestContext.Current.CancellationToken);
        await hashing.FlushFinalBlockAsync(TestContext.Current.CancellationToken);
        return Convert.ToHexStringLower(sha.Hash!);
    }
}
