using System.Text.Json;
using Vantage.NodeAgent.Runtimes;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Errors;

namespace Vantage.Tests.Kits;

/// <summary>What docs/algorithm-contract.md promises, of each kit.</summary>
public sealed class ConformanceTests
{
    private const string Text = """a "quoted" back\slash, 你好, 😀, é, tab	and line\nend, $(reboot); `rm` ; %s""";

    public static TheoryData<string> Languages => Kit.Languages;

    /// <summary>For what goes over the Gateway.</summary>
    public static TheoryData<string> Ways => Kit.Ways;

    public static TheoryData<string, (string, string)> WrongArguments => Kit.Times(
        ("""{"txt":"a"}""", "'txt'"), ("{}", "'text'"), ("""{"text":"a","whole":1.5}""", "'whole'"), ("""{"text":"a","list":["a",2]}""", "list"),
        ("""{"text":"a","text":"a"}""", "text"), ("[1]", "an array"), ("", "JSON"), ("""{"text":"\ud800"}""", ""),
        ("""{"text":"a","number":1e999}""", "double"), (new string('[', 5000), "JSON"));

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task WhatIsGiven_ComesBack_ToTheLastBitAndCharacter(string language)
    {
        using var bench = new KitBench();
        var arguments = JsonSerializer.Serialize(new
        {
            text = Text, number = 0.1 + 0.2, flag = false, whole = 9007199254740991, list = new[] { "one", "", " two " },
        });

        var end = await RunAsync(bench, language, "echo", arguments);

        Assert.Null(end.Failure);
        Assert.Equal(0, end.Code);
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(arguments), end.Json), end.Result);
        Assert.Equal(0.1 + 0.2, end.Json.GetProperty("number").GetDouble());
    }

    [Theory]
    [MemberData(nameof(WrongArguments))]
    public async Task WrongArguments_AreRefusedByName(string language, (string Given, string Named) wrong)
    {
        using var bench = new KitBench();

        var end = await RunAsync(bench, language, "echo", wrong.Given);

        Assert.Equal(WorkerExitCodes.Failed, end.Code);
        Assert.Equal(RunCodes.ArgumentsInvalid, end.Failure?.Code);
        Assert.Contains(wrong.Named, end.Failure!.Message, StringComparison.Ordinal);
        Assert.Equal("echo", end.Failure.Function);
        Assert.Null(end.Result);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task Numbers_AreReadExactly_AndMissingCellsAreMissing(string language)
    {
        using var bench = new KitBench().With("patients",
            "x,y\n0.1,a\n-1e-7,b\n+.5,c\n007,d\n1.,e\n123456789.123456789,f\n2.2250738585072014e-308,g\n,h\nNA,i\nnan,j\n-9,k\n",
            new CsvOptions(Missing: ["NA", "-9"]), new ColumnSchema("x", ColumnType.Number), new ColumnSchema("y", ColumnType.Text));

        var end = await RunAsync(bench, language, "numbers", """{"column":"x"}""");

        Assert.Equal<double?>(
            [0.1, -1e-7, 0.5, 7, 1, 123456789.123456789, 2.2250738585072014e-308, null, null, null, null],
            end.Json.GetProperty("cells").EnumerateArray().Select(c => c.ValueKind == JsonValueKind.Null ? null : (double?)c.GetDouble()));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task Texts_AreReadAsTheyStand(string language)
    {
        using var bench = new KitBench().With("patients",
            "name,n\nplain,1\n\"a, b\",2\n\"say \"\"hi\"\"\",3\n\"two\nlines\",4\n\" blank \",5\nNA,6\n,7\n5'11\",8\n你好 😀 é,9\n=1+1,10\n");

        var end = await RunAsync(bench, language, "texts", """{"column":"name"}""");

        Assert.Equal(["plain", "a, b", "say \"hi\"", "two\nlines", " blank ", null, null, "5'11\"", "你好 😀 é", "=1+1"],
            end.Json.GetProperty("cells").EnumerateArray().Select(c => c.GetString()));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task ADecimalComma_IsReadAsOne(string language)
    {
        using var bench = new KitBench().With("t", "x\n\"1,5\"\n2\n", new CsvOptions(Decimal: ","));

        var end = await RunAsync(bench, language, "numbers", """{"column":"x"}""");

        Assert.Equal([1.5, 2], end.Json.GetProperty("cells").EnumerateArray().Select(c => c.GetDouble()));
    }

    public static TheoryData<string, (string, string)> WrongData => Kit.Times(
        ("x\n1\nsecret-marker\n", "'t', line 3, column 'x': not a number."), ("x,y\n1,2\n3\n", "'t', line 3"),
        ("x\n\"1\n2\n", "'t', line 2"), ("x\n1\n\"2\"secret-marker\n", "'t', line 3"), ("y\n1\n", "no column 'x'"));

    [Theory]
    [MemberData(nameof(WrongData))]
    public async Task WrongData_AreToldByPlace_AndWithoutWhatIsInTheCell(string language, (string Csv, string Where) wrong)
    {
        using var bench = new KitBench().With("t", wrong.Csv);

        var end = await RunAsync(bench, language, "numbers", """{"column":"x"}""");

        Assert.Equal(WorkerExitCodes.Failed, end.Code);
        Assert.Equal(RunCodes.DataInvalid, end.Failure?.Code);
        Assert.Contains(wrong.Where, end.Failure!.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-marker", end.Failure.ToString() + end.Log + end.Said, StringComparison.Ordinal);
    }

    /// <summary>The node found out while it took the snapshot.</summary>
    [Theory]
    [MemberData(nameof(Languages))]
    public async Task AColumnThatHoldsText_IsToldWithTheCellThatMadeItSo(string language)
    {
        using var bench = new KitBench().With("t", "x\n1\n2\nn.a.\n", null, new ColumnSchema("x", ColumnType.Text, new("north.csv, line 17", 2, 1)));

        var end = await RunAsync(bench, language, "numbers", """{"column":"x"}""");

        Assert.Equal(RunCodes.DataInvalid, end.Failure?.Code);
        Assert.Equal("Column 'x' of 't' holds text, not numbers: the first cell that is not a number is in north.csv, line 17; 2 other cells are"
            + " numbers, 1 in all are not. Correct it, or list the code in the source's option 'missing'.", end.Failure!.Message);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task AFaultOfTheFunction_IsToldToTheGatewayAndNowhereElse(string language)
    {
        using var bench = new KitBench();

        var end = await RunAsync(bench, language, "boom", """{"text":"märker-in-error"}""");

        Assert.Equal(WorkerExitCodes.Failed, end.Code);
        Assert.Equal((RunCodes.AlgorithmFailed, "boom"), (end.Failure?.Code, end.Failure?.Function));
        Assert.Contains("märker-in-error", end.Failure!.Message, StringComparison.Ordinal);
        Assert.NotNull(end.Failure.Type);
        Assert.NotNull(end.Failure.Detail);
        Assert.Equal("", end.Said + end.Log);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task LogAndProgress_Arrive(string language)
    {
        var progress = new List<int>();
        using var bench = new KitBench { Progress = progress.Add };

        var end = await RunAsync(bench, language, "say", """{"lines":["one","zwei ü 😀","'three' $HOME"],"percent":40}""");

        Assert.Equal("one\nzwei ü 😀\n'three' $HOME\n", end.Log);
        Assert.Equal([40], progress);
        Assert.Equal("Nørth “1”", end.Json.GetProperty("site").GetString());
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task AnOutputOverTheCap_IsToldAsSuch_AndOneBelowIsTaken(string language)
    {
        using var small = new KitBench { OutputBytes = 2000 };
        using var large = new KitBench { OutputBytes = 3 << 20 };

        var over = await RunAsync(small, language, "large", """{"bytes":2000}""");
        var below = await RunAsync(large, language, "large", """{"bytes":3000000}""");

        Assert.Equal((WorkerExitCodes.Failed, RunCodes.OutputTooLarge), (over.Code, over.Failure?.Code));
        Assert.Contains("2000 bytes", over.Failure!.Message, StringComparison.Ordinal);
        Assert.Null(over.Result);
        Assert.Equal(3_000_000, below.Json.GetProperty("text").GetString()!.Length);
    }

    public static TheoryData<string, (string, string, string)> NoResults => Kit.Times(
        ("nothing", RunCodes.AlgorithmNoOutput, "without a result"), ("not-a-number", RunCodes.AlgorithmFailed, "not-a-number"),
        ("median", RunCodes.AlgorithmUnknown, "'median'"), ("mean", RunCodes.SitesFailed, "'mean'"));

    [Theory]
    [MemberData(nameof(NoResults))]
    public async Task ARunWithoutAResult_SaysWhy(string language, (string Function, string Code, string Word) expected)
    {
        using var bench = new KitBench();

        var end = await RunAsync(bench, language, expected.Function, expected.Function is "mean" ? """{"column":"x"}""" : "{}");

        Assert.Equal((WorkerExitCodes.Failed, expected.Code), (end.Code, end.Failure?.Code));
        Assert.Contains(expected.Word, end.Failure!.Message, StringComparison.Ordinal);
        Assert.Null(end.Result);
    }

    public static TheoryData<string, Func<string, string>> SpoiltRunFiles => Kit.Times<Func<string, string>>(
        _ => "{", text => text.Replace("\"v\":1", "\"v\":2", StringComparison.Ordinal),
        text => text.Replace("unix-http", "carrier-pigeon", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(SpoiltRunFiles))]
    public async Task ARunFileThatCannotBeRead_HasItsOwnExitCode(string language, Func<string, string> spoil)
    {
        using var bench = new KitBench { Spoil = spoil };

        var end = await RunAsync(bench, language, "echo", """{"text":"a"}""");

        Assert.Equal(WorkerExitCodes.RunFileInvalid, end.Code);
        Assert.Contains("run.json", end.Said, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task WhatTheContractAddsLater_IsIgnored(string language)
    {
        using var bench = new KitBench { Spoil = text => text.Replace("\"v\":1", "\"v\":1,\"later\":{\"a\":[1]}", StringComparison.Ordinal) };

        var end = await RunAsync(bench, language, "echo", """{"text":"a"}""");

        Assert.Equal("a", end.Json.GetProperty("text").GetString());
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task WithoutAGateway_NothingIsClaimed(string language)
    {
        using var bench = new KitBench();

        bench.IsFramed = Kit.IsFramed(language);
        var end = await bench.RunAsync(Kit.Program(language), "echo", """{"text":"a"}""", TestContext.Current.CancellationToken,
            Path.Combine(bench.Place, "nobody"));

        Assert.Equal(WorkerExitCodes.GatewayLost, end.Code);
        Assert.Null(end.Result);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task OtherCodeThanAskedFor_IsRefused(string language)
    {
        using var bench = new KitBench { Algorithm = $"builtin:conformance@1.0.0+sha256:{new string('0', 64)}" };

        var end = await RunAsync(bench, language, "echo", """{"text":"a"}""");

        Assert.Equal((WorkerExitCodes.Failed, RunCodes.AlgorithmUnknown), (end.Code, end.Failure?.Code));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public Task ARunThatIsStopped_EndsBeforeItHasToBeKilled(string language) => Promptly.WithinAsync(TimeSpan.FromSeconds(5), async () =>
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var asked = TimeProvider.System.GetTimestamp();
        using var bench = new KitBench
        {
            Progress = _ =>
            {
                asked = TimeProvider.System.GetTimestamp();
                stop.CancelAfter(0);
            },
        };

        bench.IsFramed = Kit.IsFramed(language);
        var end = await bench.RunAsync(Kit.Program(language), "wait", "{}", stop.Token);

        Assert.IsType<RuntimeEnd.Stopped>(end.End);
        Assert.Null(end.Failure);
        return TimeProvider.System.GetElapsedTime(asked);
    });

    private static Task<KitEnd> RunAsync(KitBench bench, string language, string function, string arguments)
    {
        bench.IsFramed = Kit.IsFramed(language);
        return bench.RunAsync(Kit.Program(language), function, arguments, TestContext.Current.CancellationToken);
    }
}
