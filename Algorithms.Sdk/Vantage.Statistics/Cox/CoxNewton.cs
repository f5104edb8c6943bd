using Vantage.Statistics.Cox.Rounds;
using Vantage.Statistics.Numerics;

namespace Vantage.Statistics.Cox;

/// <summary>Newton's method on the partial likelihood: a pure fold over the rounds. A step that makes the fit worse is halved.</summary>
internal sealed class CoxNewton(int width, double tolerance, int maxIterations)
{
    /// <summary>
    /// R's <c>coxph</c> takes a column for determined of whose information the earlier ones leave less than 1.8e-12, and here
    /// lengths are compared, which are its roots.
    /// </summary>
    private const double RankTolerance = 1.342e-6;

    /// <summary>Less is rounding.</summary>
    private const double Worse = 1e-12;

    /// <summary>
    /// A step of this many standard deviations of a column, at a likelihood that does not change any more, has no end. At
    /// a maximum it is a few millionths; where an estimate is infinite, about one, again and again.
    /// </summary>
    private const double Endless = 1e-2;

    private readonly Iterate iterate = new(width);
    private double previous = double.NegativeInfinity;
    private double[] atZero = [];
    private double[] spread = [];

    public int Iterations { get; private set; }

    public bool Converged { get; private set; }

    /// <summary>The columns that earlier ones do not determine among those at risk together.</summary>
    public IReadOnlyList<int> Kept { get; private set; } = [];

    public NormalEquations? Equations { get; private set; }

    public double NullLogLikelihood { get; private set; }

    public double LogLikelihood { get; private set; }

    /// <summary>U'I⁻¹U at zero.</summary>
    public double ScoreStatistic { get; private set; }

    /// <summary>Coefficients along which the likelihood grows for ever.</summary>
    public IReadOnlyList<int> Monotone { get; private set; } = [];

    public ExactSums Coefficients => ExactSums.Of([.. iterate.Coefficients]);

    public double Value(int i) => iterate.Coefficients[i].ToDouble();

    /// <summary>Takes the likelihood at <see cref="Coefficients"/> and moves on.</summary>
    /// <returns>Whether another round is needed.</returns>
    public bool Take(PartialLikelihood likelihood, long events)
    {
        var information = new SymmetricMatrix(width, likelihood.Information);
        var now = likelihood.LogLikelihood.ToDouble();
        if (Equations is null)
        {
            (NullLogLikelihood, LogLikelihood) = (now, now);
            atZero = [.. Enumerable.Range(0, width).Select(i => information[i, i].ToDouble())];
            spread = Array.ConvertAll(atZero, own => Math.Sqrt(Math.Max(own, 0) / events));
            Equations = NormalEquations.Factorise(information, Enumerable.Range(0, width), RankTolerance);
            Kept = Equations.Kept;
            var solved = Equations.Solve(i => likelihood.Score[i]);
            ScoreStatistic = Kept.Zip(solved, (i, x) => (x * likelihood.Score[i]).ToDouble()).Sum();
            Converged = Kept.Count == 0;
        }
        else if (!double.IsFinite(now))
        {
            // So far out that no double holds the risks. Where the step came from they were finite.
            Halve();
            return true;
        }
        else if (now < previous - (Worse * (Math.Abs(previous) + 0.1)) && Iterations < maxIterations)
        {
            Halve();
            return true;
        }
        else
        {
            Converged = Math.Abs(now - previous) <= tolerance * (Math.Abs(now) + 0.1);
            Equations = NormalEquations.Factorise(information, Kept, 0);
        }

        (previous, LogLikelihood) = (now, now);
        if (Converged || Iterations >= maxIterations)
        {
            End(likelihood);
            return false;
        }

        if (IsFlat(likelihood))
            return false;
        Iterations++;
        Advance(likelihood);
        return true;
    }

    /// <summary>The score at hand gives one more step for nothing, which squares what error is left.</summary>
    private void End(PartialLikelihood likelihood)
    {
        if (Iterations > 0)
            Advance(likelihood);
        Monotone = [.. Kept.Where(IsEndless)];
        if (Monotone.Count > 0 && Converged)
            Monotone = [.. Kept.Where(IsEndless).Union(Open()).Order()];
    }

    /// <summary>At the limit those at risk may determine other columns no longer, by R's rule again: these have no estimate either.</summary>
    private IEnumerable<int> Open()
    {
        var inverse = Equations!.Inverse();
        return Equations.Kept.Where((column, place) => !(inverse[place, place] * atZero[column] * RankTolerance * RankTolerance < 1));
    }

    /// <summary>Nothing is left to gain, and no column varies among those at risk as they weigh now: the step has no length.</summary>
    private bool IsFlat(PartialLikelihood likelihood)
    {
        if (Equations!.Solve(i => likelihood.Score[i]).All(s => s.IsFinite))
            return false;
        Converged = true;
        Monotone = [.. Kept.Where(IsEndless)];
        Equations = NormalEquations.Factorise(new(width, likelihood.Information), Kept.Except(Monotone), 0);
        return true;
    }

    private bool IsEndless(int i) => Math.Abs(iterate.Step[i].ToDouble()) * spread[i] > Endless;

    private void Advance(PartialLikelihood likelihood) =>
        iterate.Advance(Equations!.Kept, Equations.Solve(i => likelihood.Score[i]));

    private void Halve()
    {
        Iterations++;
        iterate.Halve();
    }
}
