using System.Text;
using System.Text.Json;
using Vantage.NodeAgent.Data;
using Vantage.NodeAgent.Data.Csv;
using Vantage.NodeAgent.Data.Sessions;
using Vantage.NodeAgent.Data.Sessions.Keeping;
using Vantage.NodeAgent.Data.Sessions.Planning;
using Vantage.NodeAgent.Hosting;
using Vantage.Protocol.Manifests;
using Vantage.Protocol.Sessions;

namespace Vantage.Tests.NodeAgent.Data.Sessions;

/// <summary>Steps over real files, through the real source, planner and DuckDB.</summary>
internal sealed class FrameBench : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vtg-frames-");
    private int snapshots;

    public NodeHome Home => NodeHome.At(folder.FullName);

    public async Task<PlanInput> InputAsync(string label, string csv, CsvSourceSettings? settings = null)
    {
        var path = Path.Combine(folder.FullName, $"{label}-{++snapshots}.csv");
        await File.WriteAllTextAsync(path, csv, new UTF8Encoding(false), TestContext.Current.CancellationToken);
        var source = new CsvSource((settings ?? new CsvSourceSettings { Id = "", Path = "" }) with { Id = label, Path = path });
        var taken = await source.ExtractAsync(ColumnChoice.All, path + ".snapshot", TestContext.Current.CancellationToken);
        return PlanInput.Of(label, Assert.IsType<Extraction.Done>(taken).Snapshot, FrameShape.OfSource(label,
            ((Extraction.Done)taken).Snapshot.Columns));
    }

    /// <summary>Steps as people write them.</summary>
    public static IReadOnlyList<FrameStep> Steps(string json) =>
        JsonSerializer.Deserialize($$"""{"frame":"f","steps":{{json}}}""", SessionsJson.Default.PrepareArguments)!.Steps;

    /// <summary>The frame as a file: lines with commas.</summary>
    public string Make(string steps, params IReadOnlyList<PlanInput> inputs) => Make(Plan(steps, inputs), inputs);

    public static FramePlan Plan(string steps, params IReadOnlyList<PlanInput> inputs) => FramePlanner.Plan(Steps(steps), inputs[0].Label, inputs);

    public string Make(FramePlan plan, IReadOnlyList<PlanInput> inputs)
    {
        var made = new FrameMaker(new FrameShelf(Home, TimeProvider.System)).Make(plan, inputs, new ResourceRequest(), TestContext.Current.CancellationToken);
        var lines = File.ReadAllText(Path.Combine(made.Folder, FrameShelf.Rows)).Split('\n', 2);
        return lines[0].Replace("\"", "", StringComparison.Ordinal) + "\n" + lines[1];
    }

    public async Task<string> MakeAsync(string csv, string steps) => Make(steps, await InputAsync("table", csv));

    public void Dispose() => folder.Delete(recursive: true);
}
