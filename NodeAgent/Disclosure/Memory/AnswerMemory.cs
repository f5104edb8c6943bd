using System.Security.Cryptography;
using System.Text.Json;
using Vantage.NodeAgent.Disclosure.Memory.Sketches;
using Vantage.NodeAgent.Runs.Storage;

namespace Vantage.NodeAgent.Disclosure.Memory;

/// <summary>
/// The node's memory of what left. Whether an answer goes is decided and written down in one step, so that of two that may not both
/// leave one does not. Safe for several threads.
/// </summary>
internal sealed class AnswerMemory : IDisposable
{
    private const long CompactFrom = 1024 * 1024;

    private readonly Lock gate = new();
    private readonly TimeProvider time;
    private readonly RecordFile file;
    private readonly MemoryBook book;
    private readonly SipHash hash;
    private readonly SeenContents contents = new();
    private long shortest;

    private AnswerMemory(RecordFile file, MemoryBook book, TimeProvider time)
    {
        (this.file, this.book, this.time) = (file, book, time);
        if (book.Key is null)
        {
            Write(new MemoryRecord.Began(1, RandomNumberGenerator.GetBytes(SipHash.KeyBytes)));
        }

        hash = new SipHash(book.Key!);
    }

    /// <summary>Throws <see cref="JournalException"/> for a file that can't be trusted: then it can't be told what left.</summary>
    public static AnswerMemory Open(IVolume volume, string path, TimeProvider time)
    {
        var kept = new MemoryBook();
        volume.CreateFolder(Path.GetDirectoryName(path)!);
        var opened = RecordFile.Open(volume, path, record => Read(path, record.Span, kept), isJournal: false);
        return new AnswerMemory(opened, kept, time);
    }

    /// <summary>What looks at rows on their way into a snapshot; null if a rule does not compare answers.</summary>
    /// <param name="rules">The rule's.</param>
    /// <param name="source">Whose rows; null for a frame's.</param>
    public RowWatch? Watch(MemoryRules rules, string? source) => !rules.Compares ? null : new RowWatch(hash, rules, source, contents);

    /// <summary>
    /// Decides, and has it on the disk when it returns. What was remembered stays so, whatever becomes of the answer: nobody knows how
    /// much of it left. After an <see cref="IOException"/> nothing was decided.
    /// </summary>
    public MemoryVerdict Take(Answer answer, MemoryRules rules)
    {
        lock (gate)
        {
            var verdict = book.Judge(answer, rules, time.GetUtcNow());
            switch (verdict)
            {
                case MemoryVerdict.Goes { Writes: { } record }:
                    Write(record);
                    break;
                case MemoryVerdict.Tells { Writes: var record } when rules.OnDifference == OnDifference.Ask:
                    Write(record);
                    break;
                case MemoryVerdict.Links { Writes: var record } when rules.OnDifference == OnDifference.Ask:
                    Write(record);
                    break;
            }

            return verdict;
        }
    }

    /// <summary>What would be said of an answer about these rows. Remembers nothing.</summary>
    public MemoryVerdict Foresee(string data, IReadOnlyList<RowScope>? scopes, MemoryRules rules)
    {
        lock (gate)
        {
            return book.Judge(new Answer("", default, [(data, scopes)], 0), rules, time.GetUtcNow());
        }
    }

    public void Forget(string dataset, string by)
    {
        lock (gate)
        {
            Write(new MemoryRecord.Forgotten(dataset, time.GetUtcNow(), by));
        }
    }

    public T Look<T>(Func<MemoryBook, T> look)
    {
        lock (gate)
        {
            return look(book);
        }
    }

    public void Dispose() => file.Dispose();

    private void Write(MemoryRecord record)
    {
        file.Append(Bytes(record));
        book.Apply(record);
        if (file.Length >= Math.Max(CompactFrom, 4 * shortest))
        {
            // Rows are never dropped; days that are over are.
            file.Rewrite(book.Snapshot().Select(Bytes));
            shortest = file.Length;
        }
    }

    private static byte[] Bytes(MemoryRecord record) => JsonSerializer.SerializeToUtf8Bytes(record, MemoryJson.Default.MemoryRecord);

    private static void Read(string path, ReadOnlySpan<byte> record, MemoryBook book)
    {
        try
        {
            book.Apply(JsonSerializer.Deserialize(record, MemoryJson.Default.MemoryRecord) ?? throw new JsonException("The record is null."));
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw new JournalException($"The node's memory of answers {path} holds a record that this version does not know. It was written by a newer Vantage:"
                + $" use that one, or restore a backup. ({e.Message})", e);
        }
    }
}
