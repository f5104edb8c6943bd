using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using Vantage.NodeAgent.Disclosure.Memory.Sketches;
using Vantage.Protocol.Cryptography;

namespace Vantage.NodeAgent.Disclosure.Memory;

/// <summary>
/// Looks on while a snapshot is written, and keeps sketches of its rows. A row is known by all its cells, also those that the run does
/// not see, so that answers about different columns can be compared; a frame's row by those it was made of.
/// </summary>
/// <param name="hash">Under the node's key.</param>
/// <param name="rules">What is to be known.</param>
/// <param name="dataset">The source; null for a frame, whose rows say it themselves.</param>
/// <param name="contents">What was looked through before, for sources that can say beforehand what they hold.</param>
internal sealed class RowWatch(SipHash hash, MemoryRules rules, string? dataset, SeenContents? contents = null)
{
    /// <summary>More than is asked for, so that a difference in many rows is not taken for one in few.</summary>
    private const int Slack = 2;

    private readonly ArrayBufferWriter<byte> row = new();
    private readonly string prefix = dataset is null ? "" : RowKeys.Prefix(dataset);
    private readonly Dictionary<string, string> names = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, (RowSketch All, RowSketch Complete)> sketches = new(StringComparer.Ordinal);
    private RowScope? known;
    private Digest? content;
    private bool isComplete;
    private bool isUnknown;
    private ulong digest;
    private long rows;

    /// <summary>Whether it matters if rows are complete.</summary>
    public bool LooksForComplete => rules.CompleteCases;

    /// <summary>A frame's rows are known by one column's words.</summary>
    public bool ReadsKeys => dataset is null;

    /// <summary>What the current row of a source is called in a frame.</summary>
    public string Key => string.Create(CultureInfo.InvariantCulture, $"{prefix}{digest}");

    /// <summary>Whether a source of this content was looked through before. Then it need not be again.</summary>
    public bool Knows(Digest held)
    {
        (content, known) = (held, LooksForComplete ? null : contents?.Find(dataset!, held, rules.Differencing + Slack));
        return known is not null;
    }

    /// <summary>The next cell of the current row, whether the run sees it or not.</summary>
    public void Cell(ReadOnlySpan<byte> cell)
    {
        BinaryPrimitives.WriteInt32LittleEndian(row.GetSpan(4), cell.Length);
        row.Advance(4);
        row.Write(cell);
    }

    /// <summary>A source's row is over.</summary>
    /// <param name="complete">Nothing of what the run sees of it is missing.</param>
    public void EndRow(bool complete)
    {
        EndRow(hash.Of(row.WrittenSpan), complete);
        row.ResetWrittenCount();
    }

    /// <summary>A source's row that was digested where it is read.</summary>
    public void EndRow(ulong ofCells, bool complete)
    {
        (digest, isComplete) = (ofCells, complete);
        rows++;
        Take(dataset!, ofCells);
    }

    /// <summary>A frame's row, with its words.</summary>
    public void EndFrameRow(ReadOnlySpan<byte> words, bool complete)
    {
        isComplete = complete;
        rows++;
        isUnknown |= !RowKeys.TryRead(words, Take, names);
    }

    /// <summary>What was seen; null if that is not all the rows that there are, so that nothing can be said of them.</summary>
    /// <param name="written">How many rows the snapshot has.</param>
    public IReadOnlyList<RowScope>? Scopes(long written)
    {
        if (known is not null)
        {
            return known.All.Rows == written ? [known] : null;
        }

        if (isUnknown || rows != written)
        {
            return null;
        }

        IReadOnlyList<RowScope> scopes =
        [
            .. sketches.Select(seen => new RowScope(
                seen.Key, seen.Value.All, LooksForComplete && seen.Value.Complete.Rows != seen.Value.All.Rows ? seen.Value.Complete : null)),
        ];
        if (content is { } held && !LooksForComplete && scopes is [var only])
        {
            contents?.Note(only, held);
        }

        return scopes;
    }

    private void Take(string source, ulong ofCells)
    {
        if (!sketches.TryGetValue(source, out var sketch))
        {
            sketches[source] = sketch = (RowSketch.Empty(rules.Differencing + Slack), RowSketch.Empty(rules.Differencing + Slack));
        }

        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, ofCells);
        var key = PrimeField.NotZero(hash.Of(bytes));
        sketch.All.Add(key);
        if (isComplete && LooksForComplete)
        {
            sketch.Complete.Add(key);
        }
    }
}
