using System.Text.Json;
using Vantage.NodeAgent.Runs;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Manifests;
using Vantage.Protocol.Sessions;

namespace Vantage.Tests.NodeAgent.Analysis;

/// <summary>Sessions at a node whose parts are real: policy, source, DuckDB, worker.</summary>
public sealed class SessionTests : IAsyncDisposable
{
    private const string Old = """{"frame":"old","steps":[{"do":"filter","where":"age > 10"},{"do":"derive","column":"decade","as":"age / 10"},{"do":"select","columns":["age","decade"]}]}""";

    private readonly AnalysisBench bench = new() { Session = "study" };

    public SessionTests() => bench.WritePolicy("sessions: allow");

    public ValueTask DisposeAsync() => bench.DisposeAsync();

    [Fact]
    public async Task APreparedFrame_SaysItsColumns_NoRows_AndIsComputedOn()
    {
        var report = await PrepareAsync(Old);
        var mean = await SummariseAsync("old", "decade");

        Assert.Equal([new("age", ColumnType.Number), new FrameColumn("decade", ColumnType.Number)], report.Columns);
        Assert.Equal((false, 10L), (report.Cached, report.Rows));
        Assert.Equal(1.8, mean.GetProperty("mean").GetDouble(), 12);
        Assert.Equal(15, mean.GetProperty("count").GetInt64());
    }

    [Fact]
    public async Task TheSameStepsOnTheSameContent_AreTheSameFrame_AndOnAnotherContentAnotherVersion()
    {
        var first = await PrepareAsync(Old);
        var again = await PrepareAsync(Old.Replace(",", " ,\n", StringComparison.Ordinal));
        bench.WriteRows(40);
        var later = await PrepareAsync(Old);

        Assert.True(again.Cached);
        Assert.Equal((first.Version, first.Recipe), (again.Version, again.Recipe));
        Assert.False(later.Cached);
        Assert.NotEqual(first.Version, later.Version);
        Assert.Equal(first.Recipe, later.Recipe);
        // What was pinned stays what it was; what is named is the newest.
        Assert.Equal(15, (await SummariseAsync("old", "age", first.Version.ToString())).GetProperty("count").GetInt64());
        Assert.Equal(30, (await SummariseAsync("old", "age")).GetProperty("count").GetInt64());
    }

    [Fact]
    public async Task AFrame_IsFoundByNobodyElse_NorInAnotherSession()
    {
        await PrepareAsync(Old);

        bench.AsksTheOther = true;
        await RefusedAsync("there is no frame 'old' of your organization in session 'study'");
        bench.AsksTheOther = false;
        bench.Session = "another";
        await RefusedAsync("there is no frame 'old' of your organization in session 'another'");
        bench.Session = null;
        await RefusedAsync("names no session");
    }

    [Fact]
    public async Task UnusedForItsDays_AFrameIsGone_AndUseKeepsIt()
    {
        bench.WritePolicy("sessions: allow", head: "");
        await PrepareAsync(Old);
        bench.Clock.Advance(TimeSpan.FromDays(6));
        await SummariseAsync("old", "age");
        bench.Clock.Advance(TimeSpan.FromDays(6));
        await SummariseAsync("old", "age");
        bench.Clock.Advance(TimeSpan.FromDays(7));

        await RefusedAsync("or expired");
        Assert.Equal(1, bench.Shelf.Sweep(_ => true, isFirst: false));
    }

    [Fact]
    public async Task WithoutTheOwnersWord_NothingIsKept_AndWhatWasKeptIsNotUsed()
    {
        await PrepareAsync(Old);
        bench.WritePolicy();

        var prepare = Assert.IsType<RunEnd.Refused>(await RunAsync("prepare", Old));
        Assert.Contains("keeping prepared data here between tasks is not allowed", prepare.Message, StringComparison.Ordinal);
        await RefusedAsync("keeping prepared data here between tasks is not allowed");
        Assert.Equal(1, bench.Shelf.Sweep(_ => false, isFirst: false));
    }

    [Fact]
    public async Task AColumnGrant_HoldsForWhatIsMadeOfTheColumn()
    {
        await PrepareAsync("""{"frame":"mixed","steps":[{"do":"derive","column":"named","as":"ifelse(name == 'secret3', 1, 0)"},{"do":"select","columns":["age","named"]}]}""");
        await PrepareAsync("""{"frame":"chosen","steps":[{"do":"filter","where":"name != 'secret3'"},{"do":"select","columns":["age"]}]}""");
        bench.WritePolicy("sessions: allow", data: "{ source: patients, columns: [age] }");

        Assert.Equal(25, (await SummariseAsync("mixed", "age")).GetProperty("count").GetInt64());
        await RefusedAsync("column 'named' of frame 'mixed' is not there, or is made of columns that are not listed", "mixed", "named");
        // Which rows there are tells of the name, whatever column is looked at.
        await RefusedAsync("frame 'chosen' is made of data that are not listed", "chosen", "age");
        var prepared = Assert.IsType<RunEnd.Refused>(await RunAsync("prepare", """{"frame":"f","steps":[{"do":"filter","where":"name == 'secret3'"},{"do":"select","columns":["age"]}]}"""));
        Assert.Contains("'name'", prepared.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FewRowsAreNotKept_NorAreMoreThanTheRuleAllows()
    {
        var few = Assert.IsType<RunEnd.Refused>(await RunAsync("prepare", """{"frame":"f","steps":[{"do":"filter","where":"age <= 9"}]}"""));
        Assert.Contains("fewer rows than the 10", few.Message, StringComparison.Ordinal);

        bench.WritePolicy("sessions: allow\n    limits: { frames: 1 }");
        await PrepareAsync(Old);
        var more = Assert.IsType<RunEnd.Refused>(await RunAsync("prepare", """{"frame":"second","steps":[]}"""));
        Assert.Contains("allows 1 ('frames')", more.Message, StringComparison.Ordinal);
        Assert.Equal(["old"], (await ToldAsync("list", "{}", SessionsJson.Default.SessionReport)).Frames.Select(f => f.Frame));
        Assert.Equal(["old"], (await ToldAsync("end", "{}", SessionsJson.Default.SessionEnded)).Deleted);
        Assert.Empty((await ToldAsync("list", "{}", SessionsJson.Default.SessionReport)).Frames);
        await PrepareAsync("""{"frame":"second","steps":[]}""");
    }

    [Fact]
    public async Task AFrameOfAFrame_KnowsTheSourcesColumns_AndDamageIsFound()
    {
        await PrepareAsync("""{"frame":"a","steps":[{"do":"derive","column":"x","as":"age * 2"}]}""");
        bench.Data = [new() { Label = "table", Kind = DataKind.Frame, Id = "a" }];
        await PrepareAsync("""{"frame":"b","steps":[{"do":"derive","column":"y","as":"x + 1"},{"do":"select","columns":["y"]}]}""");
        bench.Data = null;

        Assert.Equal(27, (await SummariseAsync("b", "y")).GetProperty("mean").GetDouble(), 12);
        bench.WritePolicy("sessions: allow", data: "{ source: patients, columns: [name] }");
        await RefusedAsync("frame 'b' is made of data that are not listed", "b", "y");

        bench.WritePolicy("sessions: allow");
        var kept = bench.Shelf.All().Single(f => f.Record.Name == "b").Path;
        var rows = await File.ReadAllTextAsync(kept, TestContext.Current.CancellationToken);
        File.Delete(kept);
        await File.WriteAllTextAsync(kept, rows + "1.0\n", TestContext.Current.CancellationToken);
        var damaged = Assert.IsType<RunEnd.Failed>(await RunAsync("summary", "partial", """{"columns":["y"]}""", "b"));
        Assert.Equal(RunCodes.DataUnavailable, damaged.Code);
    }

    private async Task<RunEnd> RunAsync(string function, string arguments) => await RunAsync("sessions", function, arguments, null);

    private async Task<RunEnd> RunAsync(string algorithm, string function, string arguments, string? frame, string? version = null)
    {
        var before = bench.Data;
        bench.Data = frame is null ? before : [new() { Label = "table", Kind = DataKind.Frame, Id = frame, Version = version }];
        if (Directory.Exists(bench.WorkDirectory))
        {
            Directory.Delete(bench.WorkDirectory, recursive: true);
        }

        var end = await bench.RunAsync(algorithm, function, arguments);
        bench.Data = before;
        return end;
    }

    private async Task<FrameReport> PrepareAsync(string arguments) => await ToldAsync("prepare", arguments, SessionsJson.Default.FrameReport);

    private async Task<T> ToldAsync<T>(string function, string arguments, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
    {
        var end = await RunAsync(function, arguments);
        var done = end as RunEnd.Succeeded;
        Assert.True(done is not null, end.ToString());
        return JsonSerializer.Deserialize(await File.ReadAllTextAsync(done.OutputPath, TestContext.Current.CancellationToken), type)!;
    }

    private async Task<JsonElement> SummariseAsync(string frame, string column, string? version = null)
    {
        var end = await RunAsync("summary", "partial", $$"""{"columns":["{{column}}"]}""", frame, version);
        var done = end as RunEnd.Succeeded;
        Assert.True(done is not null, end.ToString());
        return JsonElement.Parse(await File.ReadAllTextAsync(done.OutputPath, TestContext.Current.CancellationToken)).GetProperty("columns")[0];
    }

    private async Task RefusedAsync(string why, string frame = "old", string column = "age") => Assert.Contains(why,
        Assert.IsType<RunEnd.Refused>(await RunAsync("summary", "partial", $$"""{"columns":["{{column}}"]}""", frame)).Message, StringComparison.Ordinal);
}
