using System.Globalization;
using System.Text.Json.Serialization;
using Vantage.NodeAgent.Data.Dictionaries;
using Vantage.NodeAgent.Data.Previews;
using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Hosting.Commands;
using Vantage.NodeAgent.Runs.Storage;
using Vantage.Protocol.Errors;

namespace Vantage.NodeAgent.Data.Desk;

/// <param name="Source">What it looks like.</param>
/// <param name="Synthetic">Always: nobody is in it.</param>
internal sealed record PreviewDone(string Source, string Path, int Rows, ulong Seed, [property: JsonPropertyOrder(-1)] bool Synthetic = true);

/// <summary><c>data preview</c>: made-up rows that look like a source's, for those who write code for data that they can't see.</summary>
internal static class DataPreviewVerb
{
    private const int DefaultRows = 100;
    private static readonly VerbOption Id = new("SOURCE", null, "Which source, by its id.", Required: true);

    public static NodeVerb Verb { get; } = new("data preview",
        "Write made-up rows that look like a source's, each column drawn by itself from what may be told of it. Nothing of a row is in them.",
        [
            new("--rows", "N", $"How many, up to {Preview.MostRows}; {DefaultRows} by itself."),
            new("--seed", "N", "The same seed gives the same rows; 1 by itself."),
            new("--columns", "COLUMNS", "Only these, separated by commas."),
            new("--out", "FILE", "The CSV file that is written.", Required: true),
        ], RunAsync) { Word = Id };

    private static async Task<int> RunAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var (home, id, path) = (call.Home, call.Required(Id.Name), call.Required("--out"));
        var rows = (int)Number(call, "--rows", DefaultRows, Preview.MostRows);
        var seed = Number(call, "--seed", 1, long.MaxValue);
        var source = NodeSettings.Load(home).Sources.FirstOrDefault(each => each.Id == id)
            ?? throw new CommandFailure(ExitCodes.NotFound, $"{home.Settings} has no source '{id}'.");
        var columns = new ColumnChoice(call.List("--columns") is { Length: > 0 } named ? named : null, null);
        Durable.CreateFolder(home.State);
        try
        {
            var (text, _) = await Preview.DrawAsync(source.Open(), columns, rows, (ulong)seed, VariableFindings.Fewest,
                Path.Combine(home.State, $"preview-{Environment.ProcessId}"), cancellationToken);
            await File.WriteAllTextAsync(path, text, cancellationToken);
        }
        catch (SourceException e)
        {
            throw new CommandFailure(ExitCodes.Failed, e.Message);
        }

        call.Answer(new PreviewDone(id, path, rows, (ulong)seed), VerbJson.Default.PreviewDone, output =>
            output.WriteLine($"{rows} made-up rows that look like '{id}' are in {path}. Their first column, {PreviewDraw.Mark}, says so wherever they go."));
        return ExitCodes.Ok;
    }

    private static long Number(VerbCall call, string option, long otherwise, long most) => call.Find(option) is not { } text ? otherwise
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most ? number
        : throw CommandFailure.Usage($"{option} is a whole number from 1 to {most}.");
}
