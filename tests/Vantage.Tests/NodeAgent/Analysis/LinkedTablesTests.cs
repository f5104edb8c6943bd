using System.Text.Json;
using Vantage.NodeAgent.Runs;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Manifests;

namespace Vantage.Tests.NodeAgent.Analysis;

/// <summary>Three tables of two categories, each harmless, that tell together how few have all three: the third stays where it is.</summary>
public sealed class LinkedTablesTests : IAsyncDisposable
{
    /// <summary>Rows by a, b and c. With all tables of two, 000 and 111 lie between 0 and 5; no count in them is below 27.</summary>
    private static readonly int[] Cube = [2, 25, 35, 30, 45, 40, 50, 3];

    private readonly AnalysisBench bench = new() { Session = "study" };

    public LinkedTablesTests()
    {
        File.WriteAllText(bench.DataPath, "a,b,c,id\n" + string.Concat(Cube.SelectMany((rows, cell) => Enumerable.Range(0, rows)
            .Select(row => $"a{cell >> 2},b{(cell >> 1) & 1},c{cell & 1},{(1000 * cell) + row}\n"))));
        Write("acro");
    }

    public ValueTask DisposeAsync() => bench.DisposeAsync();

    [Fact]
    public async Task TheThirdTable_Stays_AndWhatLeftIsAnsweredAgain()
    {
        Left(await AskAsync("a", "b"));
        Left(await AskAsync("b", "c"));

        var third = Stays(await AskAsync("a", "c"));
        Left(await AskAsync("a", "b"));
        Left(await AskAsync("c"));

        Assert.Equal((RunCodes.PolicyRefused, "tests"), (third.Code, third.Rule));
        Assert.Contains("With tables of the same rows of 'patients' that left before", third.Message, StringComparison.Ordinal);
        Assert.Contains("'minimumCell' of rule 'tests'", third.Message, StringComparison.Ordinal);
        Assert.Equal("refused", third.Facts.Enforced["differencing"]);
    }

    [Fact]
    public async Task WhoeverAsks_TheTablesOfOthersCount()
    {
        Left(await AskAsync("a", "b"));
        bench.AsksTheOther = true;
        Left(await AskAsync("b", "c"));

        Stays(await AskAsync("a", "c"));
    }

    [Fact]
    public async Task AFrameOfTheSameRows_IsNoWayRound()
    {
        Left(await AskAsync("a", "b"));
        Left(await AskAsync("b", "c"));
        Left(await PrepareAsync("same", """{"do":"derive","column":"x","as":"id + 1"}"""));
        Left(await PrepareAsync("renamed", """{"do":"derive","column":"z","as":"c"}""", """{"do":"select","columns":["a","z"]}"""));

        Stays(await AskAsync("same", "a", "c"));
        Stays(await AskAsync("renamed", "a", "z"));
    }

    [Fact]
    public async Task ColumnsThatWereMadeAlike_AreTheSameInEveryFrame()
    {
        const string recode = """{"do":"recode","column":"c","values":[{"from":"c0","to":"low"},{"from":"c1","to":"high"}]}""";
        Left(await PrepareAsync("one", recode));
        Left(await PrepareAsync("two", recode, """{"do":"derive","column":"x","as":"id + 1"}"""));
        Left(await AskAsync("one", "a", "b"));
        Left(await AskAsync("one", "b", "c"));

        Stays(await AskAsync("two", "a", "c"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ATableOfAFrame_LessOneOfAll_IsATableOfTheRest(bool frameFirst)
    {
        // Outside are 12 rows: 2 of a0 and b0, and 10 of a0 and b1.
        Left(await PrepareAsync("some", """{"do":"filter","where":"id >= 1000 & (id < 2000 | id >= 2010)"}"""));
        (string[] One, string[] Other) tables = frameFirst ? (["some", "a", "b"], ["a", "b"]) : (["a", "b"], ["some", "a", "b"]);
        Left(await AskAsync(tables.One));

        var stays = Stays(await AskAsync(tables.Other));

        Assert.Contains("would narrow down a count of fewer than 10 rows", stays.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFrameOfAFrame_IsWithinBoth_AndWhatItsConditionLeavesOutMayBeNobody()
    {
        Left(await PrepareAsync("half", """{"do":"filter","where":"a == 'a1'"}"""));
        bench.Data = [new() { Label = "table", Kind = DataKind.Frame, Id = "half" }];
        Left(await RunAsync("sessions", "prepare", """{"frame":"quarter","steps":[{"do":"filter","where":"c == 'c1'"}]}"""));
        Left(await AskAsync("a", "b"));

        // All of a1 are in the half, and none of a0.
        Left(await AskAsync("half", "b"));
        // Of b1 and a1 the quarter leaves out 50, of b0 45, and the 3 of them it has are hidden.
        Left(await AskAsync("b"));
        Left(await AskAsync("quarter", "c"));
    }

    [Fact]
    public async Task DatashieldsRules_AreHeldToTheirOwnMinimum()
    {
        Write("{ from: datashield, minimumCell: 8 }");
        Left(await AskAsync("a", "b"));
        Left(await AskAsync("b", "c"));
        Stays(await AskAsync("a", "c"));

        Write("datashield");
        Left(await AskAsync("a", "c"));
    }

    [Fact]
    public async Task WhereAPersonIsAsked_TheTableWaits()
    {
        Write("{ from: acro, onDifference: ask }");
        Left(await AskAsync("a", "b"));
        Left(await AskAsync("b", "c"));

        Assert.NotNull(Assert.IsType<RunEnd.Succeeded>(await AskAsync("a", "c")).Asks);
    }

    private static void Left(RunEnd end) => Assert.True(end is RunEnd.Succeeded { Asks: null }, end switch
    {
        RunEnd.Refused refused => refused.Message,
        RunEnd.Failed failed => failed.Message,
        _ => end.ToString(),
    });

    private static RunEnd.Refused Stays(RunEnd end) => Assert.IsType<RunEnd.Refused>(end);

    private void Write(string disclosure) => bench.WritePolicy($"disclosure: {disclosure}\n    sessions: allow", algorithm: "builtin:crosstab@*");

    private Task<RunEnd> PrepareAsync(string frame, params string[] steps)
    {
        bench.Data = null;
        return RunAsync("sessions", "prepare", $$"""{"frame":{{JsonSerializer.Serialize(frame)}},"steps":[{{string.Join(',', steps)}}]}""");
    }

    private Task<RunEnd> AskAsync(params string[] asked)
    {
        var (data, columns) = asked[0].Length > 1 ? (asked[0], asked[1..]) : ("patients", asked);
        bench.Data = data == "patients" ? null : [new() { Label = "table", Kind = DataKind.Frame, Id = data }];
        var levels = columns.Select(c => c == "z" ? "c" : c).Select(c => data is "one" or "two" && c == "c" ? (string[])["high", "low"] : [$"{c}0", $"{c}1"]);
        return RunAsync("crosstab", "partial", $$"""{"columns":{{JsonSerializer.Serialize(columns)}},"texts":{{JsonSerializer.Serialize(columns)}},"levels":{{JsonSerializer.Serialize(levels)}}}""");
    }

    private async Task<RunEnd> RunAsync(string algorithm, string function, string arguments)
    {
        if (Directory.Exists(bench.WorkDirectory))
        {
            Directory.Delete(bench.WorkDirectory, recursive: true);
        }

        return await bench.RunAsync(algorithm, function, arguments);
    }
}
