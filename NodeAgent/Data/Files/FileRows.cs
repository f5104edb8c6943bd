using Vantage.NodeAgent.Data.Rows;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Streaming;

namespace Vantage.NodeAgent.Data.Files;

/// <summary>The rows of one file after the other. All have the same columns, in the same order.</summary>
internal sealed class FileRows : TableRows
{
    private readonly SourceFaults faults;
    private readonly IReadOnlyList<string> paths;
    private readonly Func<string, Stream, TableRows> open;
    private readonly List<(long Before, TableRows Rows)> opened = [];
    private readonly List<(string Path, Digest Content)> read = [];
    private FileStream? file;
    private DigestStream? content;

    /// <param name="faults">How the source is called.</param>
    /// <param name="paths">At least one.</param>
    /// <param name="open">Makes rows of a file by its path and content.</param>
    public FileRows(SourceFaults faults, IReadOnlyList<string> paths, Func<string, Stream, TableRows> open)
    {
        (this.faults, this.paths, this.open) = (faults, paths, open);
        try
        {
            OpenNext();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>What was in them, after the last row.</summary>
    public Digest Content => FileSources.Together(read);

    /// <summary>The file's name; null if there are several.</summary>
    public string? Only => paths.Count == 1 ? Path.GetFileName(paths[0]) : null;

    public override IReadOnlyList<string> Columns => opened[0].Rows.Columns;

    public override string Noun => opened[0].Rows.Noun;

    /// <summary>Counted through all of them.</summary>
    public override long Line => opened[^1].Before + Current.Line;

    public override bool Read()
    {
        while (!Current.Read())
        {
            Close();
            if (opened.Count == paths.Count)
            {
                return false;
            }

            OpenNext();
        }

        return true;
    }

    public override ReadOnlySpan<byte> Cell(int column) => Current.Cell(column);

    public override string Where(long line) => At(line, (rows, own) => rows.Where(own));

    public override SourceException NotANumber(int column, bool otherwise) => Current.NotANumber(column, otherwise);

    public override SourceException OtherDecimal(long line, int column) => At(line, (rows, own) => rows.OtherDecimal(own, column));

    public override void Dispose()
    {
        foreach (var (_, rows) in opened)
        {
            rows.Dispose();
        }

        content?.Dispose();
        file?.Dispose();
    }

    private TableRows Current => opened[^1].Rows;

    private T At<T>(long line, Func<TableRows, long, T> tell)
    {
        var (before, rows) = opened.Last(each => each.Before < line || each.Before == 0);
        return tell(rows, line - before);
    }

    private void OpenNext()
    {
        var path = paths[opened.Count];
        file = FileSources.Open(faults, path);
        content = new DigestStream(file);
        opened.Add((opened.Count == 0 ? 0 : Line, open(path, content)));
        if (!Current.Columns.SequenceEqual(Columns, StringComparer.Ordinal))
        {
            throw faults.OtherColumns(Path.GetFileName(path), Path.GetFileName(paths[0]));
        }
    }

    /// <summary>What the rows left unread is part of the content too.</summary>
    private void Close()
    {
        content!.CopyTo(Stream.Null);
        read.Add((paths[opened.Count - 1], content.GetDigest()));
        content.Dispose();
        file!.Dispose();
    }
}
