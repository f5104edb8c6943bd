using System.Runtime.CompilerServices;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Models.Frames;

namespace Vantage.Statistics.Survival;

/// <summary>The complete rows of a site, one by one.</summary>
internal sealed class SurvivalRows
{
    private readonly SurvivalFormula formula;
    private readonly ModelFrame frame;
    private readonly int eventCode;

    public SurvivalRows(SurvivalFormula formula, ModelFrame frame, SurvivalSpec spec)
    {
        (this.formula, this.frame) = (formula, frame);
        eventCode = spec.Levels[formula.Status.Variable.Label].ToList().IndexOf(spec.Event);
        Strata = new(formula.Strata.Select(s => s.Variable), spec.Levels);
        Groups = new(spec.Groups ? formula.Explaining : [], spec.Levels);
    }

    public Combinations Strata { get; }

    public Combinations Groups { get; }

    /// <param name="design">The columns of the model; null where there are only groups.</param>
    /// <param name="cancellationToken">Looked at between batches.</param>
    /// <returns>A row is valid until the next one is asked for.</returns>
    public async IAsyncEnumerable<SurvivalRow> ReadAsync(
        Design? design, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var matrix = design is null ? null : new DesignRows(design, frame.Variables);
        var stop = Numbers(frame.Outcome);
        var start = formula.Start is { } from ? Numbers(frame.Variables[from.Place]) : null;
        var status = (FactorSlot)frame.Variables[formula.Status.Place];
        var strata = formula.Strata.Select(s => (FactorSlot)frame.Variables[s.Place]).ToArray();
        var groups = Groups.Count == 1 ? [] : formula.Explaining.Select((_, i) => (FactorSlot)frame.Variables[i]).ToArray();
        var found = new SurvivalRow();
        await foreach (var batch in frame.ReadAsync(cancellationToken))
        {
            matrix?.Fill(batch.Rows);
            for (var row = 0; row < batch.Rows; row++)
            {
                if (!batch.IsComplete[row])
                    continue;
                found.Stop = stop.Values[row];
                found.Start = start is null ? double.NegativeInfinity : start.Values[row];
                if (!(found.Start < found.Stop))
                    throw Backwards();
                found.IsEvent = status.Codes[row] == eventCode;
                found.Stratum = strata.Length == 0 ? 0 : Strata.Of(i => strata[i].Codes[row]);
                found.Group = groups.Length == 0 ? 0 : Groups.Of(i => groups[i].Codes[row]);
                found.Offset = batch.Offset?[row] ?? 0;
                found.Values = matrix is null ? default : matrix.Memory(row);
                yield return found;
            }
        }
    }

    private static NumberSlot Numbers(Slot slot) => slot as NumberSlot
        ?? throw new DataInvalidException($"'{slot.Variable.Label}' holds text, and a time is a number.");

    private DataInvalidException Backwards() => new(
        $"A row ends at or before the time from which it is watched ('{formula.Start?.Variable.Label}' is not less than"
        + $" '{formula.Model.Outcome.Label}'). Correct the times.");
}

/// <summary>One row: its memory is used again for the next.</summary>
internal sealed class SurvivalRow
{
    /// <summary>The row is at risk after this time; minus infinity from the beginning.</summary>
    public double Start { get; set; }

    /// <summary>And until this time, at which it has the event or is lost from sight.</summary>
    public double Stop { get; set; }

    public bool IsEvent { get; set; }

    public int Stratum { get; set; }

    public int Group { get; set; }

    public double Offset { get; set; }

    public ReadOnlyMemory<double> Values { get; set; }
}
