using Vantage.Algorithms;
using Vantage.Algorithms.Functions;
using Vantage.Protocol.Algorithms;

namespace Vantage.TestWorker;

/// <summary>Functions that do on demand what real ones do by accident.</summary>
public static class TestingAlgorithm
{
    public static Algorithm Algorithm { get; } = new(
        "testing",
        "1.0.0",
        "Does on demand what tests of the whole system need. Not for use on real data.",
        typeof(TestingAlgorithm).Assembly,
        Function.Stream("blob", "Streams pseudo-random bytes.", TestingJson.Default.BlobArguments, BlobAsync),
        Function.Stream("boom", "Throws an exception with a given text.", TestingJson.Default.TextArguments, Boom),
        Function.Partial(
            "echo-log", "Logs given lines.", TestingJson.Default.LinesArguments, TestingJson.Default.Done, EchoAsync),
        Function.Stream(
            "sleep-until-cancelled", "Reports progress, then waits.", TestingJson.Default.SleepArguments, SleepAsync),
        Function.Stream(
            "witness", "Notes beside the data that it was run, then streams pseudo-random bytes.",
            TestingJson.Default.WitnessArguments, WitnessAsync),
        Function.Partial(
            "levels", "Counts the levels of a column.", TestingJson.Default.ColumnArguments, TestingJson.Default.Levels,
            LevelsAsync));

    private static Task BlobAsync(
        IFunctionContext context, BlobArguments arguments, FunctionData data, CancellationToken cancellationToken) =>
        context.WriteOutputAsync(
            Gateway.ResultName,
            (stream, ct) => Blob.WriteAsync(stream, arguments.Seed, arguments.Bytes, ct),
            cancellationToken);

    private static async Task WitnessAsync(
        IFunctionContext context, WitnessArguments arguments, FunctionData data, CancellationToken cancellationToken)
    {
        await File.AppendAllTextAsync(arguments.File, $"{context.Site}\n", cancellationToken);
        while (File.Exists(arguments.Hold))
            await Task.Delay(20, cancellationToken);
        await BlobAsync(context, new BlobArguments(arguments.Seed, arguments.Bytes), data, cancellationToken);
    }

    private static Task Boom(
        IFunctionContext context, TextArguments arguments, FunctionData data, CancellationToken cancellationToken) =>
        throw new InvalidOperationException(arguments.Text);

    private static async Task<Done> EchoAsync(
        IFunctionContext context, LinesArguments arguments, FunctionData data, CancellationToken cancellationToken)
    {
        foreach (var line in arguments.Lines)
            await context.LogAsync(line, cancellationToken);
        return new Done(arguments.Lines.Count);
    }

    private static async Task SleepAsync(
        IFunctionContext context, SleepArguments arguments, FunctionData data, CancellationToken cancellationToken)
    {
        await context.ReportProgressAsync(arguments.Percent, cancellationToken);
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
    }

    private static async Task<Levels> LevelsAsync(
        IFunctionContext context, ColumnArguments arguments, FunctionData data, CancellationToken cancellationToken)
    {
        var missing = 0L;
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        await foreach (var batch in data.Single.ReadAsync([new(arguments.Column, ColumnType.Text)], cancellationToken))
        {
            var column = batch.Texts(0);
            foreach (var code in column.Codes.ToArray())
            {
                if (code < 0)
                    missing++;
                else
                    counts[column.Levels[code]] = counts.GetValueOrDefault(column.Levels[code]) + 1;
            }
        }

        return new Levels(counts, missing);
    }
}
