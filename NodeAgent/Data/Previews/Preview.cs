using Vantage.DuckDb;
using Vantage.Protocol.Errors;

namespace Vantage.NodeAgent.Data.Previews;

/// <summary>
/// Rows that nobody is: drawn column by column from what may be told of a source anyway. They have its columns, types,
/// levels and sizes, and none of the ties between columns, so that code can be tried and nothing can be learned by it.
/// </summary>
internal static class Preview
{
    public const int MostRows = 10_000;
    private static readonly DuckCaps Caps = new();

    /// <param name="source">What is looked at.</param>
    /// <param name="columns">Which of its columns.</param>
    /// <param name="rows">How many are drawn.</param>
    /// <param name="seed">The same gives the same.</param>
    /// <param name="minimum">What fewer rows stand for is not told.</param>
    /// <param name="scratch">A file's name of which nothing is left.</param>
    /// <exception cref="SourceException">In words: the source can't be read, or has too few rows.</exception>
    /// <returns>The rows, and what they were drawn from: its file is gone.</returns>
    public static async Task<(string Csv, Snapshot From)> DrawAsync(IDataSource source, ColumnChoice columns, int rows, ulong seed, int minimum, string scratch, CancellationToken cancellationToken)
    {
        try
        {
            var snapshot = await source.ExtractAsync(columns, scratch, cancellationToken) switch
            {
                Extraction.Done done => done.Snapshot,
                Extraction.Failed failed => throw new SourceException(failed.Code, failed.Message),
                var other => throw new InvalidOperationException($"{other}"),
            };
            return snapshot.Rows < minimum * 2
                ? throw new SourceException(RunCodes.DataUnavailable, $"Source '{source.Id}' has too few rows to draw a preview from.")
                : (await Task.Run(() => Draw(snapshot, rows, seed, minimum, cancellationToken), cancellationToken), snapshot);
        }
        finally
        {
            File.Delete(scratch);
        }
    }

    private static string Draw(Snapshot snapshot, int rows, ulong seed, int minimum, CancellationToken cancellationToken)
    {
        try
        {
            using var session = new DuckSession(Caps, [snapshot.Path], snapshot.Path + ".tmp", cancellationToken);
            return new PreviewDraw(seed).Csv(new PreviewStatistics(snapshot, session, minimum).Read(), rows);
        }
        catch (DuckException)
        {
            // What DuckDB says may quote cells, and is not passed on.
            throw SourceException.Invalid("The source could not be read for a preview.");
        }
        catch (DllNotFoundException)
        {
            throw new SourceException(RunCodes.DataUnavailable, DuckLibrary.Absence);
        }
        finally
        {
            if (Directory.Exists(snapshot.Path + ".tmp"))
            {
                Directory.Delete(snapshot.Path + ".tmp", recursive: true);
            }
        }
    }
}
