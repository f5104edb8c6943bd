namespace Vantage.Protocol.Disclosure.Tables;

/// <summary>
/// The least and most that a sum of unknown counts can be, given other sums of them and that none is negative: two linear programs, by
/// the simplex method. The column that promises most comes in; where that leads nowhere for a while, the first one that promises
/// anything (Bland's rule), which never goes in circles.
/// </summary>
internal sealed class LinearBounds
{
    private const int Patience = 25;

    /// <summary>So many steps, and errors of rounding may show: then it begins again where it first stood.</summary>
    private const int Fresh = 2000;

    private readonly int unknowns;
    private readonly Tableau begin;
    private Tableau now;
    private int steps;

    /// <param name="unknowns">How many.</param>
    /// <param name="known">What is known of them.</param>
    public LinearBounds(int unknowns, IReadOnlyList<KnownSum> known)
    {
        this.unknowns = unknowns;
        now = Tableau.Of(unknowns, known);
        Improve();
        IsPossible = now.Goal < 1e-6 * Math.Max(1, known.Count == 0 ? 0 : known.Max(k => k.Most));
        now.LeaveArtificial();
        begin = now.Copy();
    }

    /// <summary>Whether any counts are as it is said. If none are, nothing follows.</summary>
    public bool IsPossible { get; }

    /// <summary>The counts that gave the last bound: one way how it can be.</summary>
    public double[] Example()
    {
        var values = new double[unknowns];
        now.Read(values);
        return values;
    }

    /// <summary>The least that the sum can be.</summary>
    public double Least(IReadOnlyList<int> terms) => -Reach(terms, -1);

    /// <summary>The most that the sum can be, which may be infinite.</summary>
    public double Most(IReadOnlyList<int> terms) => Reach(terms, 1);

    private double Reach(IReadOnlyList<int> terms, double sign)
    {
        if (steps > Fresh)
        {
            (now, steps) = (begin.Copy(), 0);
        }

        now.Want(terms, sign);
        return Improve() ? -now.Goal : double.PositiveInfinity;
    }

    /// <summary>Brings in columns as long as one raises the goal. False if there is no end to it.</summary>
    private bool Improve()
    {
        var (stuck, goal) = (0, now.Goal);
        while (now.Entering(isFirst: stuck > Patience) is >= 0 and var column)
        {
            if (now.Leaving(column, isFirst: stuck > Patience) is not (>= 0 and var row))
                return false;
            now.Pivot(row, column);
            steps++;
            stuck = Math.Abs(now.Goal - goal) > 1e-9 * Math.Max(1, Math.Abs(goal)) ? 0 : stuck + 1;
            goal = now.Goal;
        }

        return true;
    }
}
