using Vantage.Protocol.Algorithms;

namespace Vantage.NodeAgent.Data.Rows;

/// <summary>
/// What is in each chosen column. What the owner declared stands and is checked; any other column holds numbers as long as
/// all its cells read as such. Of those that do not, the first is remembered.
/// </summary>
internal sealed class ColumnTypes
{
    private readonly CellReading numbers;
    private readonly TableRows rows;
    private readonly int[] places;
    private readonly Dictionary<int, ColumnType> declared;
    private readonly Dictionary<int, ColumnFinding> findings;
    private readonly List<ColumnFinding> open;

    public ColumnTypes(CellRules rules, TableRows rows, int[] places)
    {
        this.rows = rows;
        this.places = places;
        numbers = new CellReading(rules);
        declared = places.Where(p => rules.Types.ContainsKey(rows.Columns[p])).ToDictionary(p => p, p => rules.Types[rows.Columns[p]]);
        findings = places.Where(p => declared.GetValueOrDefault(p) != ColumnType.Text).ToDictionary(p => p, p => new ColumnFinding(p));
        open = [.. findings.Values];
    }

    /// <summary>Looks at the current row.</summary>
    public void Look()
    {
        for (var i = open.Count - 1; i >= 0; i--)
        {
            var finding = open[i];
            var cell = rows.Cell(finding.Place);
            if (!finding.Look(cell, numbers, rows.Line))
            {
                open.RemoveAt(i);
            }

            if (finding.FirstText > 0 && declared.ContainsKey(finding.Place))
            {
                throw rows.NotANumber(finding.Place, finding.IsNumberOtherwise);
            }
        }
    }

    /// <summary>Throws for a column that is text only since its decimal separator was not declared.</summary>
    public IReadOnlyList<ColumnSchema> Found() => [.. places.Select(place => Found(place, rows.Columns[place]))];

    private ColumnSchema Found(int place, string name) => findings.GetValueOrDefault(place) switch
    {
        null => new ColumnSchema(name, ColumnType.Text),
        { FirstText: 0 } => new ColumnSchema(name, ColumnType.Number),
        { IsNumberOtherwise: true } finding => throw rows.OtherDecimal(finding.FirstText, place),
        var finding => new ColumnSchema(name, ColumnType.Text, finding.Told(rows.Where(finding.FirstText))),
    };
}
