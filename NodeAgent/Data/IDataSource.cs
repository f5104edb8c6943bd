using Vantage.NodeAgent.Disclosure.Memory;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Receipts;

namespace Vantage.NodeAgent.Data;

/// <summary>Data that the node's admin declared. A run never sees the source, only a snapshot of what it may see.</summary>
internal interface IDataSource
{
    /// <summary>How policies and manifests call it.</summary>
    string Id { get; }

    /// <summary>
    /// What changes whenever the content does, and can be had without reading it; null if that can't be said, as of a file
    /// that was written a moment ago.
    /// </summary>
    string? Stamp(DateTimeOffset now);

    /// <summary>Whether a snapshot can be had in Parquet, for those that read it.</summary>
    bool WritesParquet => false;

    /// <summary>
    /// Writes a snapshot: all rows, some columns, in the source's order, in a file that nobody may write to any more. A
    /// fault leaves no file behind. Does not throw for what data can be like.
    /// </summary>
    Task<Extraction> ExtractAsync(ColumnChoice columns, string path, CancellationToken cancellationToken);
}

/// <summary>Which columns a run sees: those it asks for, of those it may see.</summary>
/// <param name="Asked">By name; null if the request names none, and then it sees all that are allowed.</param>
/// <param name="Allowed">By name; null for all that there are.</param>
internal sealed record ColumnChoice(IReadOnlyList<string>? Asked, IReadOnlySet<string>? Allowed)
{
    public static readonly ColumnChoice All = new(null, null);

    /// <summary>Whether the snapshot is to be in Parquet. Asked for of sources that write it only.</summary>
    public bool InParquet { get; init; }

    /// <summary>Shown each row whole on its way, if somebody has to know which rows there are.</summary>
    public RowWatch? Watch { get; init; }

    /// <summary>Whether the snapshot has a last column with each row's <see cref="RowKeys"/>, for a frame that is made of it. Needs a watch.</summary>
    public bool WithKeys { get; init; }

    /// <summary>The same choice, of a source some of whose columns nobody may see.</summary>
    public ColumnChoice Without(IEnumerable<string> columns, IReadOnlySet<string> hidden) =>
        this with { Allowed = columns.Where(column => !hidden.Contains(column) && (Allowed?.Contains(column) ?? true)).ToHashSet(StringComparer.Ordinal) };
}

internal abstract record Extraction
{
    private Extraction() { }

    public sealed record Done(Snapshot Snapshot) : Extraction;

    /// <param name="Code">One of <see cref="Protocol.Errors.RunCodes"/>.</param>
    /// <param name="Message">Which source, which file, which line and column, what to do. Never a cell's value.</param>
    public sealed record Failed(string Code, string Message) : Extraction;
}

/// <param name="Path">The file.</param>
/// <param name="Format">One of <see cref="DataFormats"/>.</param>
/// <param name="Options">How it is written; null for formats that say so themselves.</param>
/// <param name="Columns">Its columns with their types, declared or found.</param>
/// <param name="Rows">How many rows.</param>
/// <param name="Lines">Where its lines stand in the source.</param>
/// <param name="Content">Of the whole source as it was read, so that it changes when the data do, whoever looks at which columns.</param>
internal sealed record Snapshot(
    string Path,
    string Format,
    CsvOptions? Options,
    IReadOnlyList<ColumnSchema> Columns,
    long Rows,
    Digest Content,
    LineMap Lines)
{
    /// <summary>How it came to speak a dictionary; null where the source is taken as it is.</summary>
    public ReceiptMapping? Mapping { get; init; }

    /// <summary>Which rows these are, to compare them with those of other answers; null if nobody looked, or it can't be told.</summary>
    public IReadOnlyList<RowScope>? Scopes { get; init; }

    /// <summary>Of a frame, how it came about; null for a source.</summary>
    public FrameOrigin? Frame { get; init; }

    /// <summary>It has a last column, beside <see cref="Columns"/>, with each row's <see cref="RowKeys"/>.</summary>
    public bool HasKeys { get; init; }
}

/// <param name="Made">By column, what makes its values the same as another's (<see cref="Sessions.Planning.ShapeColumn"/>).</param>
/// <param name="Within">The rows of tables of which its own are some, or all.</param>
internal sealed record FrameOrigin(IReadOnlyDictionary<string, string> Made, IReadOnlyList<RowScope> Within);
