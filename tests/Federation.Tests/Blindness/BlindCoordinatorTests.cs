using System.Text.Json;
using Federation.Tests.Links;
using Federation.Tests.Processes;
using Federation.Tests.Worlds;

namespace Federation.Tests.Blindness;

/// <summary>
/// What the Coordinator stores, logs and carries, searched for 200 planted texts. A purpose, which everybody may see, shows
/// that the search would have found them.
/// </summary>
public sealed class BlindCoordinatorTests
{
    private const string Visible = "visible846201735purpose";
    private readonly Markers markers = new(seed: 846_201_735);

    [Fact]
    public async Task Coordinator_AfterEveryKindOfQuestion_HoldsNoneOfTwoHundredMarkers()
    {
        var stop = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder("traffic");
        await using var traffic = new FileStream(folder.Sub("traffic"), FileMode.Create, FileAccess.ReadWrite, FileShare.Read);
        var record = Stream.Synchronized(traffic);
        TcpLink? ofNode = null, ofResearcher = null;
        await using var world = await World.StartAsync(new WorldOptions
        {
            TestWorker = true,
            CentralSite = "north",
            Rows = _ => Table(),
            Rule = "    logs: release\n    errors: release\n    minimumRows: 10",
            NodeUrl = port => Via(ofNode = TcpLink.To(port, record)),
            ResearcherUrl = port => Via(ofResearcher = TcpLink.To(port, record)),
        }, stop);

        await AskEverythingAsync(world);
        await world.Coordinator.StopAsync(stop);
        await ofNode!.DisposeAsync();
        await ofResearcher!.DisposeAsync();

        Assert.Equal(200, markers.All.Count);
        Assert.NotEmpty(Findings(new Search([Visible]), world, traffic));
        Assert.Empty(Findings(new Search(markers.All), world, traffic));
    }

    private async Task AskEverythingAsync(World world)
    {
        var summary = await world.AskAsync("summary", JsonSerializer.Serialize(new { columns = markers.Columns.Take(20) }), "--purpose", Visible);
        Assert.Equal(20, summary.GetProperty("result").GetProperty("columns").GetArrayLength());
        var central = await world.AskAsync("summary", JsonSerializer.Serialize(new { columns = markers.Columns.Take(20) }), "--central-at", "north");
        Assert.Equal(summary.GetProperty("result").ToString(), central.GetProperty("result").ToString());
        var levels = await world.AskAsync("testing", $$"""{"column":"{{markers.Columns[^1]}}"}""", "--function", "levels");
        Assert.Contains(markers.Levels[0], levels.ToString(), StringComparison.Ordinal);
        await world.AskAsync("testing", JsonSerializer.Serialize(new { lines = markers.Logs }), "--function", "echo-log");
        foreach (var text in new[] { markers.Exceptions, markers.Arguments })
        {
            await world.Researcher.TryAsync("task", "run", "--algorithm", "testing", "--function", "boom", "--collaboration", World.Collaboration,
                "--data", "patients", "--args", JsonSerializer.Serialize(new { text = string.Join(' ', text) }), "--wait");
        }

        var unknown = await world.Researcher.TryAsync("task", "run", "--algorithm", "summary", "--collaboration", World.Collaboration,
            "--data", "patients", "--args", JsonSerializer.Serialize(new { columns = markers.Arguments }), "--wait");
        Assert.Contains(markers.Arguments[0], unknown.Output + unknown.Errors, StringComparison.Ordinal);
    }

    /// <summary>40 columns of numbers, the last one a category; every cell of the first row is planted.</summary>
    private string Table()
    {
        var header = string.Join(',', markers.Columns);
        var rows = Enumerable.Range(0, 40).Select(row =>
            string.Join(',', markers.Values.Skip(1).Select((value, column) => row == 0 ? value : $"{row + column}")) + $",{markers.Levels[row]}");
        return header + "\n" + string.Join('\n', rows) + "\n";
    }

    private static List<string> Findings(Search search, World world, FileStream traffic)
    {
        var findings = new List<string>();
        foreach (var file in Directory.EnumerateFiles(world.CoordinatorData, "*", SearchOption.AllDirectories).Where(IsRegular))
        {
            using var stream = File.OpenRead(file);
            Note(file, search.In(stream));
        }

        traffic.Position = 0;
        Note("traffic", search.In(traffic));
        using var log = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(world.Coordinator.Output));
        Note("log", search.In(log));
        return findings;

        void Note(string where, string? found)
        {
            if (found is not null)
            {
                findings.Add($"{where}: {found}");
            }
        }
    }

    private static bool IsRegular(string path) => !File.GetAttributes(path).HasFlag(FileAttributes.Device)
        && !path.Contains(".s.PGSQL", StringComparison.Ordinal);

    private static Task<Uri> Via(TcpLink link) => Task.FromResult(new Uri($"http://127.0.0.1:{link.Port}/"));
}
