using System.Text;
using Vantage.NodeAgent.Data.Rows;

namespace Vantage.NodeAgent.Data.Csv.Dates;

/// <summary>Rows whose dates are written as ISO 8601 has them, whatever the file does. A cell that is no such date is refused.</summary>
internal sealed class DatedRows : TableRows
{
    private readonly CsvRows inner;
    private readonly byte[][] missing;
    private readonly DateForm?[] forms;

    /// <param name="inner">The rows as they stand.</param>
    /// <param name="settings">What its cells mean.</param>
    public DatedRows(CsvRows inner, CsvSourceSettings settings)
    {
        this.inner = inner;
        missing = [.. settings.Missing.Select(Encoding.UTF8.GetBytes)];
        forms = [.. inner.Columns.Select(column => settings.Dates.GetValueOrDefault(column))];
        if (settings.Dates.Keys.FirstOrDefault(column => !inner.Columns.Contains(column)) is { } absent)
        {
            throw new CsvFaults(settings).DeclaredNotThere(absent, "dates");
        }
    }

    public override IReadOnlyList<string> Columns => inner.Columns;

    public override long Line => inner.Line;

    public override string Noun => inner.Noun;

    public override bool Read() => inner.Read();

    public override ReadOnlySpan<byte> Cell(int column)
    {
        var cell = inner.Cell(column);
        return forms[column] is not { } form || cell.IsEmpty || IsMissing(cell) ? cell
            : form.Read(cell) is { } date ? DateForm.Iso(date)
            : throw inner.NotADate(column, form.Name);
    }

    public override string Where(long line) => inner.Where(line);

    public override SourceException NotANumber(int column, bool otherwise) => inner.NotANumber(column, otherwise);

    public override SourceException OtherDecimal(long line, int column) => inner.OtherDecimal(line, column);

    public override void Dispose() => inner.Dispose();

    private bool IsMissing(ReadOnlySpan<byte> cell)
    {
        foreach (var code in missing)
        {
            if (cell.SequenceEqual(code))
            {
                return true;
            }
        }

        return false;
    }
}
