using Vantage.NodeAgent.Data.Rows;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Streaming;

namespace Vantage.NodeAgent.Data.Csv;

/// <summary>The rows of one file after the other. All have the same columns, in the same order.</summary>
internal sealed class CsvFiles : TableRows
{
    private readonly CsvSourceSettings settings;
    private readonly CsvFaults faults;
    private readonly IReadOnlyList<string> paths;
    private readonly List<(long Before, CsvRows Rows)> opened = [];
    private readonly List<(string Path, Digest Content)> read = [];
    private FileStream? file;
    private DigestStream? content;

    public CsvFiles(CsvSourceSettings settings, CsvFaults faults, IReadOnlyList<string> paths)
    {
        (this.settings, this.faults, this.paths) = (settings, faults, paths);
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

    /// <summary>What was in them, of all after the last row.</summary>
    public IReadOnlyList<(string Path, Digest Content)> Contents => read;

    public override IReadOnlyList<string> Columns => opened[0].Rows.Columns;

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

    public SourceException NotADate(int column, string form) => Current.NotADate(column, form);

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

    private CsvRows Current => opened[^1].Rows;

    private T At<T>(long line, Func<CsvRows, long, T> tell)
    {
        var (before, rows) = opened.Last(each => each.Before < line || each.Before == 0);
        return tell(rows, line - before);
    }

    private void OpenNext()
    {
        var path = paths[opened.Count];
        file = FileSources.Open(faults, path);
        content = new DigestStream(file);
        var rows = new CsvRows(settings with { Path = path }, content);
        opened.Add((opened.Count == 0 ? 0 : Line, rows));
        if (!rows.Columns.SequenceEqual(Columns, StringComparer.Ordinal))
        {
            throw faults.OtherColumns(Path.GetFileName(path), Path.GetFileName(paths[0]));
        }
    }

    private void Close()
    {
        read.Add((paths[opened.Count - 1], content!.GetDigest()));
        content.Dispose();
        file!.Dispose();
    }
}
