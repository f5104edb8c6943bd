using System.Globalization;
using System.Text.Json;
using Vantage.Cli.Printing;

namespace Vantage.Cli.Demo;

/// <summary>What the demo shows: the federated numbers beside the pooled ones, and what the Coordinator had to go by.</summary>
internal static class DemoReport
{
    public static double Compare(JsonElement result, DemoData data, Action<string, JsonElement, PooledSummary>? row = null)
    {
        var pooled = data.Columns();
        var largest = 0.0;
        foreach (var column in result.GetProperty("columns").EnumerateArray())
        {
            var name = column.GetProperty("name").GetString()!;
            var reference = PooledSummary.Of(pooled[name]);
            largest = Math.Max(largest, reference.RelativeDifference(
                column.GetProperty("mean").GetDouble(), column.GetProperty("standardDeviation").GetDouble()));
            row?.Invoke(name, column, reference);
        }

        return largest;
    }

    public static void WriteTable(TextWriter text, JsonElement result, DemoData data)
    {
        var rows = new List<string[]>();
        var largest = Compare(result, data, (name, column, pooled) => rows.Add(
        [
            name, column.GetProperty("count").ToString(), column.GetProperty("missing").ToString(),
            Number(column.GetProperty("mean").GetDouble()), Number(pooled.Mean),
            Number(column.GetProperty("standardDeviation").GetDouble()), Number(pooled.StandardDeviation),
        ]));
        TerminalTable.Write(text, ["column", "count", "missing", "mean, federated", "mean, pooled", "sd, federated", "sd, pooled"],
            rows, new HashSet<int> { 1, 2, 3, 4, 5, 6 });
        text.WriteLine($"largest relative difference between federated and pooled: {largest.ToString("0.0e+00", CultureInfo.InvariantCulture)}");
    }

    public static void WriteFit(TextWriter text, JsonElement fit)
    {
        text.WriteLine($"\n{PooledLogistic.Formula}");
        var rows = new List<string[]>();
        var largest = PooledLogistic.Compare(fit, (term, coefficient, pooled, error, pooledError) =>
            rows.Add([term, Number(coefficient), Number(pooled), Number(error), Number(pooledError)]));
        TerminalTable.Write(text, ["term", "estimate, federated", "estimate, R pooled", "se, federated", "se, R pooled"],
            rows, new HashSet<int> { 1, 2, 3, 4 });
        text.WriteLine($"largest relative difference between federated and R: {largest.ToString("0.0e+00", CultureInfo.InvariantCulture)}");
    }

    public static void WriteView(TextWriter text, CoordinatorView view)
    {
        text.WriteLine("\nWhat the Coordinator could see of it, all of it:");
        foreach (var line in view.Lines)
        {
            text.WriteLine($"  {line}");
        }

        text.WriteLine($"  Searched for in everything it stored ({view.Files} files, {view.Bytes / 1024.0 / 1024.0:0.0} MiB): "
            + $"the {view.Sought} column names and arguments of the question. Found: {view.Found}.");
    }

    private static string Number(double value) => value.ToString("G8", CultureInfo.InvariantCulture);
}
