using System.Globalization;
using System.Text;

namespace Vantage.NodeAgent.Data.Previews;

/// <summary>Draws rows: each cell from its own column's statistics, none from another cell. The same seed gives the same rows.</summary>
internal sealed class PreviewDraw(ulong seed)
{
    /// <summary>The first column of every preview, in its first line already: it goes wherever the rows go.</summary>
    public const string Mark = "synthetic_preview";

    private ulong state = seed;

    public string Csv(IReadOnlyList<PreviewColumn> columns, int rows)
    {
        var text = new StringBuilder($"{string.Join(',', columns.Select(column => Quoted(column.Name)).Prepend(Mark))}\n");
        for (var row = 1; row <= rows; row++)
        {
            text.Append('1');
            foreach (var column in columns)
            {
                text.Append(',').Append(Cell(column, row));
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private string Cell(PreviewColumn column, int row)
    {
        // Both are drawn always, so that one column does not move the next.
        var (isMissing, u) = (Next() < column.MissingShare, Next());
        return isMissing ? "" : column switch
        {
            PreviewColumn.Numbers numbers => Number(numbers, u),
            PreviewColumn.Days days => DateOnly.FromDayNumber((int)Math.Round(Between(days.Grid, u)) + Epoch).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            PreviewColumn.Levels levels => Quoted(Level(levels.Of, u)),
            PreviewColumn.Texts => $"text{row}",
            _ => "",
        };
    }

    private static int Epoch { get; } = new DateOnly(1970, 1, 1).DayNumber;

    private static string Number(PreviewColumn.Numbers numbers, double u)
    {
        var value = Math.Round(Between(numbers.Grid, u) / numbers.Step) * numbers.Step;
        // A multiple of 0.1 is written with one digit after the point.
        return Math.Round(value, Math.Clamp(-(int)Math.Floor(Math.Log10(numbers.Step)), 0, 15)).ToString("R", CultureInfo.InvariantCulture);
    }

    private static double Between(IReadOnlyList<double> grid, double u)
    {
        if (grid.Count == 1)
        {
            return grid[0];
        }

        var place = u * (grid.Count - 1);
        var i = Math.Min((int)place, grid.Count - 2);
        return grid[i] + ((grid[i + 1] - grid[i]) * (place - i));
    }

    private static string Level(IReadOnlyList<(string Text, long Weight)> levels, double u)
    {
        var left = u * levels.Sum(level => level.Weight);
        foreach (var (text, weight) in levels)
        {
            if ((left -= weight) < 0)
            {
                return text;
            }
        }

        return levels[^1].Text;
    }

    private static string Quoted(string text) => text.AsSpan().IndexOfAny(",\"\r\n ") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>SplitMix64: a seed means the same rows on every machine and with every later framework.</summary>
    private double Next()
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}
