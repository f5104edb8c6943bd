using System.Text.Json;
using Vantage.Algorithms.Results;
using Vantage.Algorithms.Results.Charts;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Printing;
using Vantage.Cli.Tasks.Asking;

namespace Vantage.Cli.Tasks.Reading;

/// <summary>
/// The file after <c>--out</c>: JSON is the whole result, CSV its tables, the first under the name that was given and
/// further ones beside it, SVG its chart. What can't be written is said before anybody is asked.
/// </summary>
internal static class ResultFile
{
    /// <param name="file">As given; null for none.</param>
    /// <param name="program">Whose result; null where there is no combined one.</param>
    public static void Check(string? file, CentralProgram? program)
    {
        if (file is null)
        {
            return;
        }

        if (!IsCsv(file) && !IsJson(file) && !IsSvg(file))
        {
            throw UsageException.Because($"--out {file} ends neither in .json nor in .csv or .svg.",
                "A .json file gets the whole result, a .csv file its tables, an .svg file its chart.");
        }

        if (IsCsv(file) && program?.Central.HasTables != true)
        {
            throw UsageException.Because($"--out {file}: this result has no tables that CSV could hold.",
                "Write it as JSON: --out FILE.json.");
        }

        if (IsSvg(file) && program?.Central.HasChart != true)
        {
            throw UsageException.Because($"--out {file}: this result has no chart.",
                "histogram, kaplan-meier and roc have one. Write this as JSON: --out FILE.json.");
        }

        if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder && !Directory.Exists(folder))
        {
            throw UsageException.Because($"There is no folder {folder} to write --out to.", "Make it first.");
        }
    }

    /// <summary>The files that were written.</summary>
    public static IReadOnlyList<string> Write(string file, CentralProgram program, JsonElement result)
    {
        if (IsSvg(file))
        {
            File.WriteAllText(file, SvgChart.Of(program.Central.ChartOf(result)!));
            return [file];
        }

        if (!IsCsv(file))
        {
            File.WriteAllText(file, JsonText.Of(result, CliJson.Default.JsonElement) + "\n");
            return [file];
        }

        var written = new List<string>();
        foreach (var (index, table) in program.Central.TablesOf(result).Index())
        {
            written.Add(index == 0 ? file : Beside(file, table));
            File.WriteAllText(written[^1], CsvText.Of(table));
        }

        return written;
    }

    /// <summary><c>fit.csv</c> → <c>fit.sites.csv</c>. A table's name is the algorithm's, so nothing but letters stays.</summary>
    private static string Beside(string file, ResultTable table) => Path.ChangeExtension(file,
        $"{string.Concat(table.Name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'))}{Path.GetExtension(file)}");

    private static bool IsCsv(string file) => file.EndsWith(".csv", StringComparison.OrdinalIgnoreCase);

    private static bool IsSvg(string file) => file.EndsWith(".svg", StringComparison.OrdinalIgnoreCase);

    private static bool IsJson(string file) => file.EndsWith(".json", StringComparison.OrdinalIgnoreCase);
}
