using System.Runtime.CompilerServices;
using Vantage.Algorithms.Functions;
using Vantage.Algorithms.Tables;
using Vantage.Protocol.Algorithms;
using Vantage.Statistics.Formulas;

namespace Vantage.Statistics.Models.Frames;

/// <summary>
/// The variables of a formula at one site, batch by batch. A row is complete if none of the columns that the model
/// names is missing in it; others take no part, as with R's <c>na.omit</c>.
/// </summary>
internal sealed class ModelFrame
{
    private readonly ITable table;
    private readonly IReadOnlyList<ColumnSchema> columns;
    private readonly string? weights;
    private readonly bool mayHaveUnknown;
    private bool[] complete = [];

    /// <param name="table">The rows.</param>
    /// <param name="formula">What is computed of them.</param>
    /// <param name="weights">A column of weights, or null.</param>
    /// <param name="texts">Which columns are read as text; all others as numbers.</param>
    /// <param name="levels">The agreed levels by the factor's label; null while they are looked for.</param>
    /// <param name="mayHaveUnknown">Whether rows with other levels are left aside, since this site was not let to tell them.</param>
    public ModelFrame(
        ITable table,
        Formula formula,
        string? weights,
        IReadOnlyCollection<string> texts,
        IReadOnlyDictionary<string, IReadOnlyList<string>>? levels,
        bool mayHaveUnknown = false)
    {
        (this.table, this.weights, this.mayHaveUnknown) = (table, weights, mayHaveUnknown);
        columns = [.. ModelColumns.Of(formula, weights)
            .Select(c => new ColumnSchema(c, texts.Contains(c) ? ColumnType.Text : ColumnType.Number))];
        Outcome = Slot(formula.Outcome);
        Variables = [.. formula.Variables.Select(Slot)];
        Offsets = [.. formula.Offsets.Select(o => (NumberSlot)Slot(o))];

        Slot Slot(Variable variable) => variable switch
        {
            ComputedVariable c => new NumberSlot(c, c.Expression),
            FactorVariable f => Factor(f, f.Column),
            ColumnVariable c when texts.Contains(c.Column) => Factor(c, c.Column),
            ColumnVariable c => new NumberSlot(c, new NameExpression(c.Column, c.Position)),
            _ => throw new InvalidOperationException("The hierarchy is closed."),
        };

        FactorSlot Factor(Variable variable, string column) => new(
            variable, column, new LevelIndex($"'{variable.Label}' of '{table.Label}'", levels?.GetValueOrDefault(variable.Label)));
    }

    /// <summary>Whether a complete row had a level that is not among the agreed ones.</summary>
    public bool HasUnknown { get; private set; }

    public Slot Outcome { get; }

    public IReadOnlyList<Slot> Variables { get; }

    public IReadOnlyList<NumberSlot> Offsets { get; }

    /// <summary>Reads from the first row to the last. The slots hold the batch's values until the next one is asked for.</summary>
    public async IAsyncEnumerable<FrameBatch> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var batch in table.ReadAsync(columns, cancellationToken))
        {
            Complete(batch);
            var byName = columns.Select((c, i) => (c.Name, Column: batch.Columns[i])).ToDictionary(c => c.Name, c => c.Column);
            foreach (var slot in Variables.Prepend(Outcome).Concat(Offsets))
            {
                slot.Read(byName, batch.Rows);
                CheckComplete(slot);
            }

            yield return new(batch.Rows, complete, Weights(byName), Offset(batch.Rows))
            {
                Present = byName.Where(c => HoldsAny(c.Value, batch.Rows)).Select(c => c.Key),
            };
        }
    }

    private static bool HoldsAny(BatchColumn column, int rows) => column switch
    {
        NumberColumn numbers => numbers.Missing < rows,
        TextColumn texts => texts.Levels.Count > 0,
        _ => throw new InvalidOperationException("The hierarchy is closed."),
    };

    /// <summary>The memory is used again for the next batch, as the columns' is.</summary>
    private bool[] Complete(TableBatch batch)
    {
        if (complete.Length != batch.Rows)
            complete = new bool[batch.Rows];
        Array.Fill(complete, true);
        foreach (var column in batch.Columns)
        {
            switch (column)
            {
                case NumberColumn { Missing: 0 }:
                    break;
                case NumberColumn { Values.Span: var values }:
                    for (var row = 0; row < values.Length; row++)
                        complete[row] &= !double.IsNaN(values[row]);
                    break;
                case TextColumn { Codes.Span: var codes }:
                    for (var row = 0; row < codes.Length; row++)
                        complete[row] &= codes[row] >= 0;
                    break;
                default:
                    throw new InvalidOperationException("The hierarchy is closed.");
            }
        }

        return complete;
    }

    private void CheckComplete(Slot slot)
    {
        if (slot is FactorSlot factor)
            CheckLevels(factor);
        if (slot is not NumberSlot { IsComputed: true, Values: var values })
            return;
        for (var row = 0; row < complete.Length; row++)
        {
            if (complete[row] && !double.IsFinite(values[row]))
            {
                throw new DataInvalidException(
                    $"'{slot.Variable.Label}' is not a finite number in every complete row of '{table.Label}'. Check what"
                    + " is computed there, for example the logarithm of zero or of a negative number.");
            }
        }
    }

    private void CheckLevels(FactorSlot factor)
    {
        for (var row = 0; row < complete.Length; row++)
        {
            if (!complete[row] || factor.Codes[row] >= 0)
                continue;
            if (!mayHaveUnknown)
                throw factor.Index.Changed();
            HasUnknown = true;
            complete[row] = false;
        }
    }

    private ReadOnlyMemory<double>? Weights(Dictionary<string, BatchColumn> byName)
    {
        if (weights is null)
            return null;
        var values = ((NumberColumn)byName[weights]).Values;
        for (var row = 0; row < complete.Length; row++)
        {
            if (complete[row] && values.Span[row] < 0)
                throw new DataInvalidException($"Column '{weights}' of '{table.Label}' holds a negative weight.");
        }

        return values;
    }

    private double[]? Offset(int rows)
    {
        if (Offsets.Count == 0)
            return null;
        var sum = new double[rows];
        foreach (var offset in Offsets)
        {
            for (var row = 0; row < rows; row++)
                sum[row] += offset.Values[row];
        }

        return sum;
    }
}

/// <param name="Rows">How many rows.</param>
/// <param name="IsComplete">Which rows take part.</param>
/// <param name="Weights">Null where all weigh 1.</param>
/// <param name="Offset">Null where there is none.</param>
internal sealed record FrameBatch(int Rows, bool[] IsComplete, ReadOnlyMemory<double>? Weights, double[]? Offset)
{
    /// <summary>The columns of which some value is there.</summary>
    public required IEnumerable<string> Present { get; init; }

    public double Weight(int row) => Weights is { } weights ? weights.Span[row] : 1;
}
