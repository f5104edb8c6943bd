using Vantage.Algorithms.Tables;
using Vantage.Statistics.Formulas;

namespace Vantage.Statistics.Models;

/// <summary>The values of one variable in the rows at hand.</summary>
internal abstract class Slot(Variable variable)
{
    public Variable Variable => variable;

    public abstract void Read(IReadOnlyDictionary<string, BatchColumn> columns, int rows);
}

/// <summary>A variable that is a number.</summary>
internal sealed class NumberSlot(Variable variable, Expression expression) : Slot(variable)
{
    /// <summary>NaN where missing.</summary>
    public double[] Values { get; private set; } = [];

    public override void Read(IReadOnlyDictionary<string, BatchColumn> columns, int rows) =>
        Values = Computation.Of(expression, name => ((NumberColumn)columns[name]).Values.Span, rows);
}

/// <summary>A variable that is a category.</summary>
internal sealed class FactorSlot(Variable variable, string column, LevelIndex index) : Slot(variable)
{
    /// <summary>The place of the row's level in the index; negative where it is missing or unknown there.</summary>
    public int[] Codes { get; private set; } = [];

    public LevelIndex Index => index;

    public override void Read(IReadOnlyDictionary<string, BatchColumn> columns, int rows) => Codes = columns[column] switch
    {
        TextColumn text => index.Codes(text),
        NumberColumn numbers => index.Codes(numbers),
        _ => throw new InvalidOperationException("The hierarchy is closed."),
    };
}
