using Vantage.DuckDb;
using Vantage.Protocol.Dictionaries;
using Vantage.Protocol.Errors;

namespace Vantage.NodeAgent.Data.Dictionaries;

/// <summary>The site's own columns, read as ever into a file that no run sees and that is gone afterwards.</summary>
internal sealed class SiteColumns(IDataSource inner, SourceMapping mapping, DictionaryFaults faults)
{
    private static readonly DuckCaps Caps = new();

    /// <param name="variables">What is to be made of them.</param>
    /// <param name="choice">What the run asks for; of the columns, only the variables' are read.</param>
    /// <param name="path">The snapshot that is made; these columns lie beside it.</param>
    /// <param name="make">What becomes of them.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Extraction> ReadAsync(
        IReadOnlyList<Variable> variables, ColumnChoice choice, string path, Func<Snapshot, Snapshot> make, CancellationToken cancellationToken)
    {
        var raw = path + ".raw";
        try
        {
            var needed = variables.SelectMany(mapping.Needs).ToHashSet(StringComparer.Ordinal);
            var read = await inner.ExtractAsync(new ColumnChoice(null, needed) { Watch = choice.Watch, WithKeys = choice.WithKeys }, raw, cancellationToken);
            if (read is Extraction.Failed)
            {
                // It may be that none of the columns is there: then the rest is read, so that they can be named.
                read = await inner.ExtractAsync(ColumnChoice.All, raw, cancellationToken);
            }

            return read is Extraction.Done { Snapshot: var snapshot }
                ? await Snapshots.TakeAsync(path, () => make(snapshot with { HasKeys = choice.WithKeys }), cancellationToken)
                : read;
        }
        finally
        {
            File.Delete(raw);
        }
    }

    /// <summary>Works on the columns with DuckDB, which sees their file and those that it writes and nothing else.</summary>
    /// <param name="raw">The columns.</param>
    /// <param name="path">The snapshot; what does not fit into memory lies beside it.</param>
    /// <param name="written">The files that are written.</param>
    /// <param name="work">What is done.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public T Compute<T>(Snapshot raw, string path, IReadOnlyList<string> written, Func<DuckSession, T> work, CancellationToken cancellationToken)
    {
        try
        {
            using var session = new DuckSession(Caps, [raw.Path, .. written], path + ".tmp", cancellationToken);
            return work(session);
        }
        catch (DuckException)
        {
            // What DuckDB says may quote cells, and is not passed on.
            throw faults.Uncomputable();
        }
        catch (DllNotFoundException)
        {
            throw new SourceException(RunCodes.DataUnavailable, DuckLibrary.Absence);
        }
        finally
        {
            if (Directory.Exists(path + ".tmp"))
            {
                Directory.Delete(path + ".tmp", recursive: true);
            }
        }
    }
}
