using CsvHelper;
using Vantage.NodeAgent.Data;
using Vantage.NodeAgent.Disclosure.Memory;
using Vantage.NodeAgent.Disclosure.Memory.Sketches;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Errors;

namespace Vantage.Tests.NodeAgent.Data;

/// <summary>
/// What holds for every kind of source. Derive from it, and write the table in your format.
/// </summary>
public abstract class DataSourceConformance : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vtg-source-");

    protected string Folder => folder.FullName;

    private protected string SnapshotPath => Path.Combine(Folder, "snapshot");

    /// <summary>Columns id (1…n), name (text with marks and line breaks) and value (some missing).</summary>
    internal abstract IDataSource Table(int rows);

    /// <summary>A source whose file is not there.</summary>
    internal abstract IDataSource Absent();

    /// <summary>A source whose content is broken.</summary>
    internal abstract IDataSource Broken();

    /// <summary>One row with columns c0, c1, …, whose cells are their numbers.</summary>
    internal abstract IDataSource Wide(int columns);

    /// <summary>How many columns there may be, or 10,000.</summary>
    protected virtual int MostColumns => 10_000;

    /// <summary>Columns id and name, and a name in the second row that begins with SE, has a NUL character, and goes on with CRET; null where no text has one.</summary>
    internal abstract (IDataSource Source, string Place)? WithNul();

    /// <summary>The same with a letter that is not in the encoding that the file is in; null where others see to that.</summary>
    internal abstract (IDataSource Source, string Place)? InTwoEncodings();

    internal static (IReadOnlyList<string> Columns, IReadOnlyList<string[]> Rows) ReadBack(Snapshot snapshot)
    {
        Assert.Equal(DataFormats.Csv, snapshot.Format);
        Assert.Equal(",", snapshot.Options!.Delimiter);
        Assert.Equal("utf-8", snapshot.Options.Encoding);
        Assert.True(snapshot.Options.Header);
        using var reader = CsvReader.FromFile(snapshot.Path, new() { Separator = ',', SkipEmptyLines = false });
        var rows = new List<string[]>();
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)]);
        }

        return ([.. reader.Headers], rows);
    }

    public void Dispose()
    {
        folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    protected static string[] Row(int i) =>
        [$"{i}", i % 2 == 0 ? "O'Hara, \"Zoë\"" : "line\nbreak", i % 5 == 0 ? "" : $"{i}.5"];

    [Fact]
    public async Task AllColumns_AreCopiedAsTheyStand()
    {
        var snapshot = await ExtractAsync(Table(25), ColumnChoice.All);

        var (columns, rows) = ReadBack(snapshot);
        Assert.Equal(["id", "name", "value"], columns);
        Assert.Equal(Enumerable.Range(1, 25).Select(Row), rows);
        Assert.Equal(25, snapshot.Rows);
        Assert.Equal(
            [new ColumnSchema("id", ColumnType.Number), new("name", ColumnType.Text), new("value", ColumnType.Number)],
            snapshot.Columns.Select(column => column with { Found = null }));
    }

    /// <summary>By this answers are compared.</summary>
    [Fact]
    public async Task RowsAreKnownAgain_WhicheverColumnsARunSees()
    {
        var all = await WatchAsync(Table(40), ColumnChoice.All);
        var one = await WatchAsync(Table(40), new(["value"], null));
        var fewer = await WatchAsync(Table(38), new(["id"], null));

        Assert.Equal(RowDifference.None, all.All.Against(one.All, 10));
        Assert.Equal(RowDifference.Few, all.All.Against(fewer.All, 10));
        // Every fifth value is missing.
        Assert.Equal((40, 32), (one.All.Rows, one.Complete!.Rows));
        Assert.Null(fewer.Complete);
    }

    /// <summary>So that a frame that is made of the snapshot is known by the same rows.</summary>
    [Fact]
    public async Task WithKeys_TheLastColumnSaysWhichRowsTheyAre()
    {
        var source = Table(40);
        var direct = await WatchAsync(source, new(["id"], null));
        var watch = new RowWatch(new SipHash(new byte[16]), MemoryRules.Acro, source.Id);

        var (columns, rows) = ReadBack(await ExtractAsync(source, new(["id"], null) { Watch = watch, WithKeys = true }));

        Assert.Equal(["id", RowKeys.Column], columns);
        var read = new RowWatch(new SipHash(new byte[16]), MemoryRules.Acro, null);
        foreach (var row in rows)
        {
            read.EndFrameRow(System.Text.Encoding.UTF8.GetBytes(row[1]), complete: true);
        }

        var scope = Assert.Single(read.Scopes(40)!);
        Assert.Equal(source.Id, scope.Dataset);
        Assert.Equal(RowDifference.None, scope.All.Against(direct.All, 10));
    }

    [Fact]
    public async Task ColumnsThatWereNotAskedFor_AreNowhereInTheSnapshot()
    {
        var snapshot = await ExtractAsync(Table(25), new(["value", "id"], null));

        var (columns, rows) = ReadBack(snapshot);
        Assert.Equal(["id", "value"], columns);
        Assert.Equal(Enumerable.Range(1, 25).Select(i => new[] { Row(i)[0], Row(i)[2] }), rows);
        Assert.DoesNotContain("Hara", await File.ReadAllTextAsync(snapshot.Path, Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutAQuestion_AllThatIsAllowedIsSeen()
    {
        var snapshot = await ExtractAsync(Table(3), new(null, new HashSet<string> { "value", "not there" }));

        Assert.Equal(["value"], ReadBack(snapshot).Columns);
    }

    [Fact]
    public async Task AColumnThatMayNotBeSeen_IsAnsweredLikeOneThatIsNotThere()
    {
        var allowed = new HashSet<string> { "id", "value" };

        var forbidden = await RefusalAsync(Table(3), new(["name"], allowed));
        var absent = await RefusalAsync(Table(3), new(["nome"], allowed));

        Assert.Equal(RunCodes.ArgumentsInvalid, forbidden.Code);
        Assert.Equal(absent.Message, forbidden.Message.Replace("'name'", "'nome'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AMisspelledColumn_IsAnsweredWithTheNearest()
    {
        var refusal = await RefusalAsync(Table(3), new(["valu"], null));

        Assert.Equal(RunCodes.ArgumentsInvalid, refusal.Code);
        Assert.Contains("'value'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASnapshot_IsForReadingOnly()
    {
        var snapshot = await ExtractAsync(Table(3), ColumnChoice.All);

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead, File.GetUnixFileMode(snapshot.Path));
        }
    }

    [Fact]
    public async Task TheDigest_IsOfTheWholeContentWhateverWasAsked()
    {
        var all = await ExtractAsync(Table(10), ColumnChoice.All);
        File.Delete(all.Path);
        var one = await ExtractAsync(Table(10), new(["id"], null));
        File.Delete(one.Path);
        var other = await ExtractAsync(Table(11), new(["id"], null));

        Assert.Equal(all.Content, one.Content);
        Assert.NotEqual(all.Content, other.Content);
    }

    [Fact]
    public async Task ATableWithoutRows_HasASnapshotWithoutRows() =>
        Assert.Equal(0, (await ExtractAsync(Table(0), ColumnChoice.All)).Rows);

    [Fact]
    public async Task AnAbsentFile_IsUnavailable()
    {
        var refusal = await RefusalAsync(Absent(), ColumnChoice.All);

        Assert.Equal(RunCodes.DataUnavailable, refusal.Code);
        Assert.DoesNotContain(Folder, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BrokenContent_LeavesNoSnapshot()
    {
        Assert.Equal(RunCodes.DataInvalid, (await RefusalAsync(Broken(), ColumnChoice.All)).Code);
        Assert.False(File.Exists(SnapshotPath));
    }

    [Fact]
    public async Task AsManyColumnsAsThereMayBe_AreColumns()
    {
        var source = Wide(MostColumns);
        var all = await ExtractAsync(source, ColumnChoice.All);
        Assert.Equal(Enumerable.Range(0, MostColumns).Select(i => $"{i}"), Assert.Single(ReadBack(all).Rows));
        File.Delete(all.Path);

        var last = await ExtractAsync(source, new([$"c{MostColumns - 1}"], null));

        Assert.Equal([[$"{MostColumns - 1}"]], ReadBack(last).Rows);
    }

    /// <summary>What a program written in C would take for the text's end. Nothing is cut off without a word.</summary>
    [Fact]
    public async Task ANulCharacter_IsRefusedByItsPlace() => await AssertRefusedAsync(WithNul(), "a NUL character");

    [Fact]
    public async Task BytesOfAnotherEncoding_AreRefusedByTheirPlace() => await AssertRefusedAsync(InTwoEncodings(), "");

    [Fact]
    public async Task AStoppedExtraction_LeavesNoSnapshot()
    {
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Table(10).ExtractAsync(ColumnChoice.All, SnapshotPath, stopped.Token));
        Assert.False(File.Exists(SnapshotPath));
    }

    private async Task AssertRefusedAsync((IDataSource Source, string Place)? bad, string expected)
    {
        if (bad is not { } given)
        {
            return;
        }

        var refusal = await RefusalAsync(given.Source, ColumnChoice.All);

        Assert.Equal(RunCodes.DataInvalid, refusal.Code);
        Assert.Contains(given.Place, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("CRET", refusal.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(SnapshotPath));
    }

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private async Task<RowScope> WatchAsync(IDataSource source, ColumnChoice choice)
    {
        var watch = new RowWatch(new SipHash(new byte[16]), MemoryRules.Acro with { CompleteCases = true }, source.Id);
        var snapshot = await ExtractAsync(source, choice with { Watch = watch });
        File.Delete(snapshot.Path);
        return Assert.Single(watch.Scopes(snapshot.Rows)!);
    }

    private protected async Task<Snapshot> ExtractAsync(IDataSource source, ColumnChoice choice) =>
        await source.ExtractAsync(choice, SnapshotPath, Cancellation) switch
        {
            Extraction.Done done => done.Snapshot,
            Extraction.Failed failed => throw new InvalidOperationException(failed.Message),
            var other => throw new InvalidOperationException($"{other}"),
        };

    private protected async Task<Extraction.Failed> RefusalAsync(IDataSource source, ColumnChoice choice) =>
        Assert.IsType<Extraction.Failed>(await source.ExtractAsync(choice, SnapshotPath, Cancellation));
}
