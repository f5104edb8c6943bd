using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vantage.Benchmarks.Reporting;

/// <summary>Gathers figures, says on standard error how far things are, and prints a table at the end.</summary>
internal sealed class Report
{
    private readonly long began = Stopwatch.GetTimestamp();
    private readonly List<Figure> figures = [];

    public IReadOnlyList<Figure> Figures => figures;

    public void Progress(string what) =>
        Console.Error.WriteLine($"[{Stopwatch.GetElapsedTime(began).TotalSeconds,6:0.0} s] {what}");

    public void Add(Figure figure)
    {
        figures.Add(figure);
        Progress($"  {figure.Name}: {Numbers.Show(figure.Value)} {figure.Unit}"
            + (figure.Baseline is { } bare ? $" ({bare.Name}: {Numbers.Show(bare.Value)})" : ""));
    }

    public void Print(bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(figures, FigureJson.Default.ListFigure));
            return;
        }

        foreach (var section in figures.GroupBy(figure => figure.Section))
        {
            Console.WriteLine($"\n{section.Key}");
            Console.WriteLine($"  {"",-58} {"value",12} {"unit",-9} {"baseline",10} {"ratio",6}  {"goal",-9}");
            foreach (var figure in section)
            {
                Console.WriteLine(Row(figure));
            }
        }
    }

    private static string Row(Figure figure)
    {
        var goal = figure.Goal is { } aim ? $"{aim} {(aim.IsMetBy(figure.Value) ? "met" : "missed")}" : "";
        return $"  {figure.Name,-58} {Numbers.Show(figure.Value),12} {figure.Unit,-9} "
            + $"{(figure.Baseline is { } bare ? Numbers.Show(bare.Value) : ""),10} "
            + $"{(figure.Ratio is { } ratio ? ratio.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture) : ""),6}  {goal,-9}"
            + (figure.Baseline is { } named ? $"  vs {named.Name}" : "");
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(List<Figure>))]
internal sealed partial class FigureJson : JsonSerializerContext;
