namespace Vantage.Statistics.Models.Frames;

/// <summary>The model matrix of the rows at hand, row by row. Its memory is used again for each batch.</summary>
internal sealed class DesignRows(Design design, IReadOnlyList<Slot> variables)
{
    private readonly int width = design.Columns.Count;
    private double[] values = [];

    public ReadOnlySpan<double> Row(int row) => values.AsSpan(row * width, width);

    /// <summary>The same for callers that cannot hold a span.</summary>
    public ReadOnlyMemory<double> Memory(int row) => values.AsMemory(row * width, width);

    public void Fill(int rows)
    {
        if (values.Length < rows * width)
            values = new double[rows * width];
        for (var c = 0; c < width; c++)
        {
            for (var row = 0; row < rows; row++)
                values[(row * width) + c] = 1;
            foreach (var part in design.Columns[c].Parts)
                Multiply(c, part, rows);
        }
    }

    private void Multiply(int column, DesignPart part, int rows)
    {
        var at = column;
        switch (variables[part.Variable])
        {
            case NumberSlot number:
                for (var row = 0; row < rows; row++, at += width)
                    values[at] *= number.Values[row];
                break;
            case FactorSlot factor:
                for (var row = 0; row < rows; row++, at += width)
                {
                    if (factor.Codes[row] != part.Level)
                        values[at] = 0;
                }

                break;
        }
    }
}
