using Vantage.Statistics.Crosstabs;

namespace Statistics.Tests.Disclosure.Attack;

/// <summary>
/// Somebody who asks a site for tables of some categories, and puts all answers together by linear programs. What they know is what
/// leaves: counts, how many rows a table is about, and which levels there are.
/// </summary>
internal sealed class TableAttack
{
    private readonly AttackedRows rows;
    private readonly Simplex program;

    /// <param name="rows">Whose combinations are the unknowns.</param>
    /// <param name="answers">For each set of categories asked for what left: null for a cell that was held back.</param>
    public TableAttack(AttackedRows rows, IReadOnlyList<(int[] Axes, CountsPartial Told)> answers)
    {
        this.rows = rows;
        program = new(rows.Counts.Count,
        [
            .. answers.SelectMany(a => a.Told.Counts.Index().Where(c => c.Item is not null).Select(c => (rows.Cell(a.Axes, c.Index), c.Item!.Value))),
            .. answers.Where(a => a.Told.Rows > 0).Select(a => (rows.Complete(a.Axes), a.Told.Rows)),
            // Which levels a site has it tells before it counts.
            .. answers.SelectMany(a => rows.None(a.Axes).Select(cell => (rows.Cell(a.Axes, cell), 0L))),
        ]);
    }

    public (double Least, double Most) Bounds(int[] axes, int cell) => program.Of(rows.Cell(axes, cell));
}
