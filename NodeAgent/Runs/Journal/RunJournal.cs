using System.Text.Json;
using Vantage.NodeAgent.Runs.Storage;

namespace Vantage.NodeAgent.Runs.Journal;

/// <summary>
/// The node's memory. <see cref="Write"/> returns once the record is on the disk; only then may anything be done or
/// answered because of it. Safe for several threads.
/// </summary>
internal sealed class RunJournal : IDisposable
{
    private const long CompactFrom = 1024 * 1024;

    private readonly Lock gate = new();
    private readonly RecordFile file;
    private long shortest;

    private RunJournal(RecordFile file, RunBook book) => (this.file, Book) = (file, book);

    public RunBook Book { get; private set; }

    /// <summary>Bytes of a write that a crash had cut short, and that opening removed.</summary>
    public long TornBytes => file.TornBytes;

    /// <summary>Throws <see cref="JournalException"/> for a file that can't be trusted.</summary>
    public static RunJournal Open(string path) => Open(LocalVolume.Instance, path);

    public static RunJournal Open(IVolume volume, string path)
    {
        var book = RunBook.Empty;
        var opened = RecordFile.Open(volume, path, payload => book = book.Apply(Read(path, payload.Span)));
        return new RunJournal(opened, book) { shortest = Snapshot(book).Sum(record => (long)Frame.HeaderSize + record.Length) };
    }

    /// <summary>After an <see cref="IOException"/> nothing was recorded.</summary>
    public RunBook Write(JournalRecord record)
    {
        lock (gate)
        {
            file.Append(JsonSerializer.SerializeToUtf8Bytes(record, JournalJson.Default.JournalRecord));
            return Book = Book.Apply(record);
        }
    }

    /// <summary>
    /// Rewrites the file without what no longer matters, when that is worth it: measured by what it would have come to at the
    /// start, not by what it was, or a node that is started often would never do it.
    /// </summary>
    public bool CompactIfWorthwhile()
    {
        lock (gate)
        {
            if (file.Length < CompactFrom || file.Length < 4 * shortest)
            {
                return false;
            }

            file.Rewrite(Snapshot(Book));
            shortest = file.Length;
            return true;
        }
    }

    public void Dispose() => file.Dispose();

    private static IEnumerable<byte[]> Snapshot(RunBook book) => book.Snapshot().Select(record =>
        JsonSerializer.SerializeToUtf8Bytes(record, JournalJson.Default.JournalRecord));

    private static JournalRecord Read(string path, ReadOnlySpan<byte> payload)
    {
        try
        {
            return JsonSerializer.Deserialize(payload, JournalJson.Default.JournalRecord)
                ?? throw new JsonException("The record is null.");
        }
        catch (JsonException e)
        {
            throw new JournalException(
                $"The journal {path} holds a record that this version does not know. It was written by a newer Vantage: "
                + $"use that one, or restore a backup. ({e.Message})", e);
        }
    }
}
