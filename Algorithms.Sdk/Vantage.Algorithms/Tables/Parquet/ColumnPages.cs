using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Vantage.Algorithms.Tables.Parquet;

/// <summary>Goes through the pages of one column, group by group; which rows have a value, and where these are.</summary>
/// <param name="file">Read at places of its own: columns do not disturb each other.</param>
/// <param name="column">Which.</param>
/// <param name="window">Bytes that are held of it.</param>
internal sealed class ColumnPages(SafeFileHandle file, ParquetColumn column, int window)
{
    private const int LongestHead = 64 * 1024;
    private const int LevelsWindow = 512;
    private readonly FileBytes levels = new(file, LevelsWindow);
    private readonly HybridRuns presence = new();
    private int chunk;
    private long chunkLeft;
    private int pageLeft;
    private long pageEnd;

    /// <summary>Told of each dictionary: where its values are, and how many.</summary>
    public required Action<FileBytes, int> Dictionary { get; init; }

    /// <summary>Where the page's values stand, those that are there one after the other.</summary>
    public FileBytes Values { get; } = new(file, window);

    /// <summary>Their places in the dictionary, if <see cref="IsIndexed"/>.</summary>
    public HybridRuns Indices { get; } = new();

    public bool IsIndexed { get; private set; }

    /// <summary>How many of the next rows, at most so many, all have a value or all have none.</summary>
    public int Next(int most, out bool isThere)
    {
        while (pageLeft == 0)
            OpenPage();
        var (count, level) = (Math.Min(most, pageLeft), 1);
        if (column.MayMiss)
            count = presence.Run(count, out level);
        pageLeft -= count;
        isThere = level == 1;
        return count;
    }

    private void OpenPage()
    {
        if (chunkLeft == 0)
            OpenChunk();
        else
            Values.Skip(pageEnd - Values.Position);
        var head = Head();
        if (head.Kind == PageKind.Dictionary)
        {
            Dictionary(Values, head.Values);
            Values.Skip(pageEnd - Values.Position);
            head = Head();
        }

        if (head.Kind != PageKind.Data || head.Values == 0 || head.Values > chunkLeft)
            throw new ParquetFault("a page is of no known kind");
        (pageLeft, chunkLeft) = (head.Values, chunkLeft - head.Values);
        if (column.MayMiss)
            OpenLevels();
        IsIndexed = head.Encoding switch
        {
            PageEncoding.Plain => false,
            PageEncoding.Dictionary or PageEncoding.PlainDictionary => true,
            _ => throw new ParquetFault("its values are written in a way that snapshots are not"),
        };
        if (IsIndexed && Values.Position < pageEnd)
            Indices.Open(Values, Values.Byte());
    }

    private void OpenChunk()
    {
        do
        {
            if (chunk == column.Chunks.Count)
                throw new ParquetFault("a column ends too early");
            var at = column.Chunks[chunk++];
            Values.Open(at.Start, at.Length);
            chunkLeft = at.Values;
        }
        while (chunkLeft == 0);
    }

    private PageHead Head()
    {
        var head = PageHead.Read(Values.Look((int)Math.Min(LongestHead, Values.Left)), out var size);
        Values.Skip(size);
        pageEnd = Values.Position + head.Bytes;
        return head.Bytes <= Values.Left ? head : throw new ParquetFault("a page is longer than its column");
    }

    /// <summary>A bit a row. They stand before the values and are read beside them.</summary>
    private void OpenLevels()
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(Values.Take(sizeof(int)));
        if (length < 0 || length > pageEnd - Values.Position)
            throw new ParquetFault("a page is shorter than it says");
        levels.Open(Values.Position, length);
        presence.Open(levels, 1);
        Values.Skip(length);
    }
}
