using System.Text.Json;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Errors;
using Vantage.Statistics;
using Vantage.Statistics.Summaries;
using Vantage.Worker;

namespace Vantage.Tests.Worker;

/// <summary>The host in this process, with the standard library and a real socket.</summary>
public sealed class WorkerRunTests : IDisposable
{
    private static readonly string SummaryRef = Summary.Algorithm.Reference.Text;
    private readonly WorkerFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task ARun_PutsItsResultAndEndsWith0()
    {
        await using var gateway = await FakeGateway.StartAsync(folder.Path);
        folder.With("patients", "age,sex\n40,f\n50,m\nNA,f\n").Ask(SummaryRef, "partial");

        var exit = await RunAsync();

        Assert.Equal(WorkerExitCodes.Succeeded, exit);
        Assert.Empty(gateway.Failures);
        var partial = JsonSerializer.Deserialize(
            gateway.Outputs[Gateway.ResultName].Start, StatisticsJson.Default.SummaryPartial)!;
        Assert.Equal(3, partial.Rows);
        var column = Assert.Single(partial.Columns);
        Assert.Equal([40, 50], column.Bounds);
        Assert.Equal(new ColumnMoments("age", 2, 1, 45, 0, 50) { M3 = 0, M4 = 1250 }, column with { Bounds = null });
        Assert.Equal(new LeftOutColumn("sex", "holds text"), Assert.Single(partial.LeftOut));
    }

    [Theory]
    [InlineData("""{"colums":["age"]}""", "'colums'")]
    [InlineData("""{"columns":"age"}""", "'columns'")]
    [InlineData("""{"columns":["age","age"]}""", "'columns'")]
    [InlineData("""{"columns":[]}""", "'columns'")]
    [InlineData("""{"columns":["age"],"columns":["age"]}""", "columns")]
    [InlineData("[1]", "an array")]
    [InlineData("{", "JSON")]
    [InlineData("", "JSON")]
    public async Task WrongArguments_AreToldByName(string arguments, string named)
    {
        await using var gateway = await FakeGateway.StartAsync(folder.Path);
        folder.With("patients", "age\n40\n").Ask(SummaryRef, "partial", arguments);

        var exit = await RunAsync();

        Assert.Equal(WorkerExitCodes.Failed, exit);
        Assert.Equal(RunCodes.ArgumentsInvalid, gateway.Failure.Code);
        Assert.Contains(named, gateway.Failure.Message, StringComparison.Ordinal);
        Assert.Empty(gateway.Outputs);
    }

    [Fact]
    public async Task DataThatCannotBeRead_IsToldWithLineAndColumnAndWithoutTheCell()
    {
        await using var gateway = await FakeGateway.StartAsync(folder.Path);
        folder.With("patients", "age,name\n40,a\nsecret-marker,b\n").Ask(SummaryRef, "partial", """{"columns":["age"]}""");

        var exit = await RunAsync();

        Assert.Equal(WorkerExitCodes.Failed, exit);
        Assert.Equal(RunCodes.DataInvalid, gateway.Failure.Code);
        Assert.StartsWith("'patients', line 3, column 'age': not a number.", gateway.Failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-marker", JsonSerializer.Serialize(gateway.Failure), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OtherCodeThanAskedFor_IsRefusedWithBothNames()
    {
        await using var gateway = await FakeGateway.StartAsync(folder.Path);
        var other = $"builtin:summary@1.0.0+sha256:{new string('0', 64)}";
        folder.With("patients", "age\n40\n").Ask(other, "partial");

        var exit = await RunAsync();

        Assert.Equal(WorkerExitCodes.Failed, exit);
        Assert.Equal(RunCodes.AlgorithmUnknown, gateway.Failure.Code);
        Assert.Contains(other, gateway.Failure.Message, StringComparison.Ordinal);
        Assert.Contains(SummaryRef, gateway.Failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("median", RunCodes.AlgorithmUnknown)]
    [InlineData("central", RunCodes.SitesFailed)]
    public async Task AFunctionThatCannotRunHere_IsRefusedByName(string function, string code)
    {
        await using var gateway = await FakeGateway.StartAsync(folder.Path);
        folder.With("patients", "age\n40\n").Ask(SummaryRef, function);

        var exit = await RunAsync();

        Assert.Equal(WorkerExitCodes.Failed, exit);
        Assert.Equal(code, gateway.Failure.Code);
        Assert.Contains($"'{function}'", gateway.Failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10, null)]
    [InlineData(1 << 20, 413)]
    public async Task AnOutputOverTheCap_IsToldAsSuch(long cap, int? answer)
    {
        await using var gateway = await FakeGateway.StartAsync(folder.Path, answer);
        folder.With("patients", "age\n40\n").Ask(SummaryRef, "partial", outputBytes: cap);

        var exit = await RunAsync();

        Assert.Equal(WorkerExitCodes.Failed, exit);
        Assert.Equal(RunCodes.OutputTooLarge, gateway.Failure.Code);
        Assert.Contains($"{cap} bytes", gateway.Failure.Message, StringComparison.Ordinal);
        Assert.Empty(gateway.Outputs);
    }

    [Theory]
    [InlineData(501, RunCodes.NotYet)]
    [InlineData(500, RunCodes.AlgorithmFailed)]
    public async Task AnOutputThatTheNodeDoesNotTake_IsAFailedRun(int answer, string code)
    {
        await using var gateway = await FakeGateway.StartAsync(folder.Path, answer);
        folder.With("patients", "age\n40\n").Ask(SummaryRef, "partial");

        var exit = await RunAsync();

        Assert.Equal(WorkerExitCodes.Failed, exit);
        Assert.Equal(code, gateway.Failure.Code);
        Assert.Contains("'result'", gateway.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutGateway_NothingIsClaimed()
    {
        folder.With("patients", "age\n40\n").Ask(SummaryRef, "partial");

        var exit = await RunAsync();

        Assert.Equal(WorkerExitCodes.GatewayLost, exit);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("null")]
    public async Task ARunFileThatCannotBeRead_HasItsOwnExitCode(string text)
    {
        await File.WriteAllTextAsync(folder.RunFile, text, TestContext.Current.CancellationToken);

        Assert.Equal(WorkerExitCodes.RunFileInvalid, await RunAsync());
    }

    [Fact]
    public async Task ALaterVersionOfTheContract_IsRefused()
    {
        folder.Ask(SummaryRef, "partial");
        var text = await File.ReadAllTextAsync(folder.RunFile, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            folder.RunFile, text.Replace("\"v\":1", "\"v\":2", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        Assert.Equal(WorkerExitCodes.RunFileInvalid, await RunAsync());
    }

    private Task<int> RunAsync() => WorkerHost.RunAsync(["run", folder.RunFile], StandardLibrary.Algorithms);
}
