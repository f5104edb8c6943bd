using Vantage.Algorithms.Tables;
using Vantage.Statistics.Formulas;

namespace Vantage.Statistics.Models.Frames;

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

    /// <summary>A column itself holds finite numbers only; what is computed of it need not.</summary>
    public bool IsComputed => expression is not NameExpression;

    public override void Read(IReadOnlyDictionary<string, BatchColumn> columns, int rows)
    {
        if (expression is not NameExpression name)
        {
            Values = Computation.Of(expression, column => ((NumberColumn)columns[column]).Values.Span, rows);
            return;
        }

        // The same memory for each batch: a long table is nothing but this.
        if (Values.Length != rows)
            Values = new double[rows];
        ((NumberColumn)columns[name.Name]).Values.CopyTo(Values);
    }
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
