using Vantage.DuckDb;
using Vantage.NodeAgent.Data.Csv;
using Vantage.NodeAgent.Data.DuckDb;
using Vantage.NodeAgent.Data.Sessions;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Errors;

namespace Vantage.NodeAgent.Data.Selecting;

/// <summary>
/// Some rows of another source. All of it is read, the rows that meet the condition go as they are written into a file that no run
/// sees, and that file is a source like any other: which columns a run sees is decided there, so that the condition may be about
/// columns nobody may see.
/// </summary>
internal sealed class SelectedSource(IDataSource inner, string where) : IDataSource
{
    private static readonly DuckCaps Caps = new();

    public string Id => inner.Id;

    public string? Stamp(DateTimeOffset now) => inner.Stamp(now);

    public async Task<Extraction> ExtractAsync(ColumnChoice columns, string path, CancellationToken cancellationToken)
    {
        var (all, rows) = (path + ".all", path + ".rows");
        try
        {
            var read = await inner.ExtractAsync(ColumnChoice.All, all, cancellationToken);
            var kept = read is Extraction.Done { Snapshot: var whole }
                ? await Snapshots.TakeAsync(rows, () => Select(whole, rows, cancellationToken), cancellationToken) : read;
            return kept is Extraction.Done { Snapshot: var chosen } ? await OfferAsync(chosen, columns, path, cancellationToken) : kept;
        }
        finally
        {
            File.Delete(all);
            File.Delete(rows);
        }
    }

    /// <summary>Its cells stand there as in the snapshot that they come from.</summary>
    private async Task<Extraction> OfferAsync(Snapshot chosen, ColumnChoice columns, string path, CancellationToken cancellationToken)
    {
        var source = new CsvSource(new CsvSourceSettings
        {
            Id = Id,
            Path = chosen.Path,
            Missing = chosen.Options?.Missing ?? ["NA"],
            Decimal = (chosen.Options?.Decimal ?? ".")[0],
            Types = chosen.Columns.ToDictionary(column => column.Name, column => column.Type, StringComparer.Ordinal),
        });
        return await source.ExtractAsync(columns, path, cancellationToken) switch
        {
            Extraction.Done { Snapshot: var taken } => new Extraction.Done(taken with { Content = chosen.Content, Lines = chosen.Lines }),
            var failed => failed,
        };
    }

    /// <summary>How many. The answer about each row stands beside the row itself, or nothing is offered.</summary>
    private static long Copy(string whole, DuckReader chosen, string rows)
    {
        using var records = new CsvRecords(whole);
        using var to = File.Create(rows);
        var (seen, kept) = (0L, 0L);
        if (records.Next(out var header))
        {
            Write(to, header);
        }

        while (chosen.Next())
        {
            for (var i = 0; i < chosen.Rows; i++)
            {
                if (chosen.Longs(0)[i] != ++seen || !records.Next(out var record))
                {
                    throw new DuckException("The rows of the answer are not those of the file.");
                }

                if (chosen.Longs(1)[i] == 1)
                {
                    Write(to, record);
                    kept++;
                }
            }
        }

        return records.Next(out _) ? throw new DuckException("The file has more rows than the answer.") : kept;
    }

    private static void Write(FileStream to, ReadOnlySpan<byte> record)
    {
        to.Write(record);
        to.WriteByte((byte)'\n');
    }

    private Snapshot Select(Snapshot whole, string rows, CancellationToken cancellationToken)
    {
        var spill = rows + ".tmp";
        try
        {
            var query = SelectionPlan.Query(where, whole);
            using var session = new DuckSession(Caps, [whole.Path], spill, cancellationToken);
            using var chosen = session.Read(query);
            return whole with
            {
                Path = rows,
                Rows = Copy(whole.Path, chosen, rows),
                Content = Digest.OfText($"vantage-selected/1\n{where}\n{whole.Content}\n"),
                Lines = LineMap.OfRows(whole.Lines.File, mayBreakLines: true),
            };
        }
        catch (StepsRefused e)
        {
            throw SourceException.Invalid($"Source '{Id}': 'where' in node.yaml can't be applied to it: {e.Message}");
        }
        catch (DuckException)
        {
            // What DuckDB says may quote cells, and is not passed on.
            throw SourceException.Invalid($"Source '{Id}': its rows could not be chosen by 'where' in node.yaml. The node's admin looks with: vantage node data check {Id}");
        }
        catch (DllNotFoundException)
        {
            throw new SourceException(RunCodes.DataUnavailable, DuckLibrary.Absence);
        }
        finally
        {
            if (Directory.Exists(spill))
            {
                Directory.Delete(spill, recursive: true);
            }
        }
    }
}
