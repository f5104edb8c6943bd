using Vantage.Algorithms;
using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Protocol.Algorithms;

namespace Vantage.TestWorker;

/// <summary>What every kit can do, told in C#. The same algorithm is beside the tests in Python and in R.</summary>
public static class ConformanceAlgorithm
{
    private static readonly ConformanceJson Json = ConformanceJson.Default;

    private static readonly PartialFunction<OneColumn, Moments> Moments = Function.Partial(
        "moments", "Counts and sums a column.", Json.OneColumn, Json.Moments, MomentsAsync);

    private static readonly PartialFunction<OneColumn, LevelCounts> Levels = Function.Partial(
        "levels", "Counts a column's levels.", Json.OneColumn, Json.LevelCounts, LevelsAsync);

    public static Algorithm Algorithm { get; } = new(
        "conformance", "1.0.0", "Does in every language what a kit has to be able to.", typeof(ConformanceAlgorithm).Assembly,
        Moments,
        Levels,
        Function.Central("mean", "The mean of a column over all sites.", Json.OneColumn, Json.Mean, MeanAsync),
        Function.Central("all-levels", "The levels of a column over all sites.", Json.OneColumn, Json.LevelCounts, AllLevelsAsync),
        Function.Partial("echo", "Gives back what it was given.", Json.EchoArguments, Json.EchoArguments,
            (_, arguments, _, _) => Task.FromResult(arguments)),
        Function.Partial("outside", "Whether it was given a way outside.", Json.NoArguments, Json.Way,
            (_, _, _, _) => Task.FromResult(new Way(Environment.GetEnvironmentVariable("HTTPS_PROXY") ?? "")), egress: ["terminology"]),
        Function.Partial("numbers", "A column as numbers.", Json.OneColumn, Json.NumberCells, NumbersAsync),
        Function.Partial("texts", "A column as text.", Json.OneColumn, Json.TextCells, TextsAsync),
        Function.Partial("say", "Logs and reports.", Json.SayArguments, Json.Said, SayAsync),
        Function.Partial("large", "A text of so many bytes.", Json.LargeArguments, Json.Large,
            (_, arguments, _, _) => Task.FromResult(new Large(new string('x', arguments.Bytes)))),
        Function.Stream("boom", "Fails by a fault of its own.", Json.BoomArguments,
            (_, arguments, _, _) => throw new InvalidOperationException(arguments.Text)),
        Function.Stream("nothing", "Ends without a result.", Json.NoArguments, (_, _, _, _) => Task.CompletedTask),
        Function.Partial("not-a-number", "Gives what JSON can't hold.", Json.NoArguments, Json.OneNumber,
            (_, _, _, _) => Task.FromResult(new OneNumber(double.NaN))),
        Function.Partial("calls", "How many calls this program has done.", Json.NoArguments, Json.Calls,
            (_, _, _, _) => Task.FromResult(new Calls(Interlocked.Increment(ref calls)))),
        Function.Stream("wait", "Reports, then waits.", Json.NoArguments, WaitAsync)) { Warm = true };

    private static long calls;

    private static async Task<Moments> MomentsAsync(
        IFunctionContext context, OneColumn arguments, FunctionData data, CancellationToken cancellationToken)
    {
        var (n, sum, missing) = (0L, 0.0, 0L);
        await foreach (var batch in data.Single.ReadAsync([new(arguments.Column, ColumnType.Number)], cancellationToken))
        {
            foreach (var cell in batch.Numbers(0).Values.ToArray())
            {
                if (double.IsNaN(cell))
                    missing++;
                else
                    (n, sum) = (n + 1, sum + cell);
            }
        }

        return new Moments(n, sum, missing);
    }

    private static async Task<LevelCounts> LevelsAsync(
        IFunctionContext context, OneColumn arguments, FunctionData data, CancellationToken cancellationToken)
    {
        var cells = await CellsAsync(arguments, data, cancellationToken);
        return new LevelCounts(
            cells.OfType<string>().CountBy(cell => cell, StringComparer.Ordinal).ToDictionary(l => l.Key, l => (long)l.Value),
            cells.Count(cell => cell is null));
    }

    private static async Task<Mean> MeanAsync(IFederation federation, OneColumn arguments, CancellationToken cancellationToken)
    {
        var sites = (await federation.RunAsync(Algorithm, Moments, arguments, cancellationToken)).All();
        var n = sites.Sum(site => site.Value.N);
        return new Mean(n, sites.Sum(site => site.Value.Sum) / n, sites.Sum(site => site.Value.Missing));
    }

    private static async Task<LevelCounts> AllLevelsAsync(
        IFederation federation, OneColumn arguments, CancellationToken cancellationToken)
    {
        var sites = (await federation.RunAsync(Algorithm, Levels, arguments, cancellationToken)).All();
        var counts = sites.SelectMany(site => site.Value.Counts)
            .AggregateBy(level => level.Key, 0L, (sum, level) => sum + level.Value, StringComparer.Ordinal);
        return new LevelCounts(counts.ToDictionary(), sites.Sum(site => site.Value.Missing));
    }

    private static async Task<NumberCells> NumbersAsync(
        IFunctionContext context, OneColumn arguments, FunctionData data, CancellationToken cancellationToken)
    {
        var cells = new List<double?>();
        await foreach (var batch in data.Single.ReadAsync([new(arguments.Column, ColumnType.Number)], cancellationToken))
            cells.AddRange(batch.Numbers(0).Values.ToArray().Select(cell => double.IsNaN(cell) ? (double?)null : cell));
        return new NumberCells(cells);
    }

    private static async Task<TextCells> TextsAsync(
        IFunctionContext context, OneColumn arguments, FunctionData data, CancellationToken cancellationToken) =>
        new(await CellsAsync(arguments, data, cancellationToken));

    private static async Task<List<string?>> CellsAsync(OneColumn arguments, FunctionData data, CancellationToken cancellationToken)
    {
        var cells = new List<string?>();
        await foreach (var batch in data.Single.ReadAsync([new(arguments.Column, ColumnType.Text)], cancellationToken))
        {
            var column = batch.Texts(0);
            cells.AddRange(column.Codes.ToArray().Select(code => code < 0 ? null : column.Levels[code]));
        }

        return cells;
    }

    private static async Task<Said> SayAsync(
        IFunctionContext context, SayArguments arguments, FunctionData data, CancellationToken cancellationToken)
    {
        foreach (var line in arguments.Lines)
            await context.LogAsync(line, cancellationToken);
        await context.ReportProgressAsync(arguments.Percent, cancellationToken);
        return new Said(context.Site);
    }

    private static async Task WaitAsync(
        IFunctionContext context, NoArguments arguments, FunctionData data, CancellationToken cancellationToken)
    {
        await context.ReportProgressAsync(7, cancellationToken);
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
    }
}
