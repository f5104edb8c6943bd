using System.Text;
using System.Text.Json;
using Vantage.NodeAgent.Data.Dictionaries;
using Vantage.NodeAgent.Runs;
using Vantage.Protocol.Dictionaries;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Manifests;

namespace Vantage.Tests.NodeAgent.Analysis;

/// <summary>Two answers, each harmless, of which one less the other is a person: the second stays where it is.</summary>
public sealed class DifferencingTests : IAsyncDisposable
{
    private const string Age = """{"columns":["age"]}""";

    private AnalysisBench bench = new() { Session = "study" };

    public DifferencingTests() => Write("acro");

    public ValueTask DisposeAsync() => bench.DisposeAsync();

    [Fact]
    public async Task ThreeNewRows_WaitForMore_AndTenAreEnough()
    {
        Left(await AskAsync());
        Left(await AskAsync());

        bench.WriteRows(28);
        var few = Stays(await AskAsync());
        bench.WriteRows(35);
        Left(await AskAsync());

        Assert.Equal((RunCodes.PolicyRefused, "tests"), (few.Code, few.Rule));
        Assert.Contains("fewer than 10 rows", few.Message, StringComparison.Ordinal);
        Assert.Contains("'differencing' of rule 'tests'", few.Message, StringComparison.Ordinal);
        Assert.Equal("refused", few.Facts.Enforced["differencing"]);
        Assert.Equal(1, few.Facts.HeldBack);
    }

    [Fact]
    public async Task OneCorrectedCell_IsADifferenceToo_AlsoInAColumnThatNobodyAskedFor()
    {
        Left(await AskAsync());
        await File.WriteAllTextAsync(bench.DataPath, (await File.ReadAllTextAsync(bench.DataPath, Cancellation)).Replace("secret7\n", "secret77\n", StringComparison.Ordinal), Cancellation);

        Stays(await AskAsync());
    }

    [Fact]
    public async Task AFrameWithoutThreePeople_IsNotEvenPrepared_OnceAllWereAskedAbout()
    {
        Left(await AskAsync());

        var cut = Stays(await PrepareAsync("cut", """{"do":"filter","where":"age < 23"}"""));
        Left(await PrepareAsync("half", """{"do":"filter","where":"age < 13"}""", """{"do":"derive","column":"decade","as":"age / 10"}"""));
        Left(await AskAsync("half", """{"columns":["decade"]}"""));

        Assert.Contains("'patients'", cut.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFrame_IsComparedWithItsSource_AndWithOtherFramesOfIt()
    {
        Left(await PrepareAsync("young", """{"do":"filter","where":"age < 13"}"""));
        Left(await PrepareAsync("younger", """{"do":"filter","where":"age < 12"}"""));
        Left(await PrepareAsync("all", """{"do":"derive","column":"double","as":"age * 2"}"""));

        Left(await AskAsync("young"));
        Stays(await AskAsync("younger"));
        Left(await AskAsync("all", """{"columns":["double"]}"""));
        // The same rows by another name.
        Left(await AskAsync());
    }

    [Fact]
    public async Task AGroupedFrame_IsAboutTheRowsOfItsGroups()
    {
        const string group = """{"do":"derive","column":"pair","as":"floor(age / 2)"},{"do":"aggregate","by":["pair"],"values":[{"column":"mean","of":"mean","from":"age"}]}""";
        Left(await AskAsync());

        Left(await PrepareAsync("pairs", group));
        Left(await AskAsync("pairs", """{"columns":["mean"]}"""));
        Stays(await PrepareAsync("fewer", """{"do":"filter","where":"age < 25"}""", group));
        Stays(await PrepareAsync("cut", group, """{"do":"filter","where":"pair > 1"}"""));
    }

    [Fact]
    public async Task TheNodesOwnColumn_IsSeenByNobody_AndMadeByNobody()
    {
        Left(await PrepareAsync("half", """{"do":"filter","where":"age < 13"}"""));
        Left(await AskAsync("half"));
        var seen = bench.Snapshot;
        var forged = await PrepareAsync("forged", """{"do":"derive","column":"Vantage Rows","as":"'patients:1'"}""");

        Assert.Equal(["age"], seen.Split('\n')[0].Split(','));
        Assert.Contains("the node uses itself", Assert.IsType<RunEnd.Failed>(forged).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASourceThatSpeaksADictionary_IsKnownByItsOwnRows()
    {
        var held = DataDictionary.Read("""{ "name": "sepsis", "version": "1.1", "fields": [{ "name": "years", "type": "integer", "unit": "a" }] }"""u8.ToArray());
        await bench.DisposeAsync();
        bench = new AnalysisBench(mapped: source => new MappedSettings
        {
            Id = source.Id, Inner = source, Mapping = new SourceMapping(held, [new VariableMapping("years") { Column = "age" }]),
        }) { Session = "study" };
        Write("acro");
        Left(await AskAsync("patients", """{"columns":["years"]}"""));

        Stays(await PrepareAsync("cut", """{"do":"filter","where":"years < 23"}"""));
        Left(await PrepareAsync("half", """{"do":"filter","where":"years < 13"}"""));
        Left(await AskAsync("half", """{"columns":["years"]}"""));
        bench.WriteRows(28);
        Stays(await AskAsync("patients", """{"columns":["years"]}"""));
    }

    [Fact]
    public async Task WhereAPersonIsAsked_TheAnswerWaits()
    {
        Write("{ from: acro, onDifference: ask }");
        Left(await AskAsync());
        bench.WriteRows(28);

        Assert.NotNull(Assert.IsType<RunEnd.Succeeded>(await AskAsync()).Asks);
    }

    [Fact]
    public async Task UnderDatashield_NothingIsCompared()
    {
        Write("datashield");
        Left(await AskAsync());
        bench.WriteRows(28);

        Left(await AskAsync());
    }

    [Fact]
    public async Task ADaysAnswers_AreUsedUp_WhateverTheyAreAbout()
    {
        Write("{ from: datashield, answersPerDay: 2 }");
        Left(await AskAsync());
        bench.WriteRows(60);
        Left(await AskAsync());

        var third = Stays(await AskAsync());
        bench.AsksTheOther = true;
        Left(await AskAsync());

        Assert.Contains("'answersPerDay'", third.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatIsMissing_CountsWhereThePolicySaysSo()
    {
        var rows = string.Concat(Enumerable.Range(1, 60).Select(i => $"{i},{(i % 2 == 0 ? i + 3 : i - 2)},{(i is 7 or 9 ? "" : $"{i % 5}")}\n"));
        await File.WriteAllTextAsync(bench.DataPath, "age,size,grade\n" + rows, new UTF8Encoding(false), Cancellation);
        Write("{ from: acro, completeCases: true }");

        Left(await AskAsync("patients", """{"columns":["age","size"]}"""));
        Stays(await AskAsync("patients", """{"columns":["age","size","grade"]}"""));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static void Left(RunEnd end) => Assert.True(end is RunEnd.Succeeded { Asks: null }, end switch
    {
        RunEnd.Refused refused => refused.Message,
        RunEnd.Failed failed => failed.Message,
        _ => end.ToString(),
    });

    private static RunEnd.Refused Stays(RunEnd end) => Assert.IsType<RunEnd.Refused>(end);

    private void Write(string disclosure) => bench.WritePolicy($"disclosure: {disclosure}\n    sessions: allow");

    private Task<RunEnd> PrepareAsync(string frame, params string[] steps)
    {
        bench.Data = null;
        return RunAsync("sessions", "prepare", $$"""{"frame":{{JsonSerializer.Serialize(frame)}},"steps":[{{string.Join(',', steps)}}]}""");
    }

    private Task<RunEnd> AskAsync(string data = "patients", string columns = Age)
    {
        bench.Data = data == "patients" ? null : [new() { Label = "table", Kind = DataKind.Frame, Id = data }];
        return RunAsync("summary", "partial", columns);
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
