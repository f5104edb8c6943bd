using Vantage.Protocol.Algorithms;

namespace Vantage.NodeAgent.Data.Csv;

/// <summary>
/// What is in each chosen column. What the owner declared stands and is checked; any other column holds numbers as long as
/// all its cells read as such.
/// </summary>
internal sealed class CsvColumnTypes
{
    private readonly CsvNumbers numbers;
    private readonly CsvRows rows;
    private readonly int[] places;
    private readonly HashSet<int> declaredNumbers;
    private readonly List<int> open;
    private readonly HashSet<int> texts;

    public CsvColumnTypes(CsvSourceSettings settings, CsvRows rows, int[] places)
    {
        this.rows = rows;
        this.places = places;
        numbers = new CsvNumbers(settings);
        declaredNumbers = [.. places.Where(p => Declared(p) == ColumnType.Number)];
        texts = [.. places.Where(p => Declared(p) == ColumnType.Text)];
        open = [.. places.Where(p => Declared(p) != ColumnType.Text)];

        ColumnType? Declared(int place) => settings.Types.TryGetValue(rows.Columns[place], out var type) ? type : null;
    }

    /// <summary>Looks at the current row.</summary>
    public void Look()
    {
        for (var i = open.Count - 1; i >= 0; i--)
        {
            var place = open[i];
            if (numbers.Fits(rows.Cell(place)))
            {
                continue;
            }

            if (declaredNumbers.Contains(place))
            {
                throw rows.NotANumber(place);
            }

            texts.Add(place);
            open.RemoveAt(i);
        }
    }

    public IReadOnlyList<ColumnSchema> Found() =>
        [.. places.Select(p => new ColumnSchema(rows.Columns[p], texts.Contains(p) ? ColumnType.Text : ColumnType.Number))];
}
