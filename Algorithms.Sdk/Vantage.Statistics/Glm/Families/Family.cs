namespace Vantage.Statistics.Glm.Families;

/// <summary>
/// A distribution of the outcome with a link, row by row. <c>y</c> is the outcome, <c>eta</c> the linear predictor with the
/// offset, μ the mean at it and V its variance function. Formulas and starting values are those of R's families.
/// </summary>
internal abstract class Family
{
    /// <summary>R's name.</summary>
    public abstract string Name { get; }

    public abstract string Link { get; }

    /// <summary>What <see cref="Takes"/> allows, for whoever has something else.</summary>
    public abstract string Law { get; }

    /// <summary>Whether the variance is known but for a factor, which is estimated.</summary>
    public virtual bool HasDispersion => false;

    /// <summary>How many parameters besides the coefficients are estimated.</summary>
    public virtual int FurtherParameters => 0;

    /// <summary>Whether columns can tell the outcome apart without error in all rows.</summary>
    public virtual bool IsTwoSided => false;

    /// <summary>How many sums of its own the family needs.</summary>
    public virtual int Extras => 0;

    public abstract bool Takes(double y);

    /// <summary>Where the first step begins: (dμ/dη)²/V and the working response, without the offset.</summary>
    public abstract (double Information, double Response) Start(double y, double weight);

    /// <summary>Whether there is a mean at eta.</summary>
    public virtual bool IsPossible(double eta) => true;

    /// <summary>Of one row, without its weight.</summary>
    public abstract double Deviance(double y, double eta);

    /// <summary>Of one row, with its weight as R counts it; 0 where the sum is made otherwise.</summary>
    public abstract double LogLikelihood(double y, double eta, double weight);

    /// <summary>(y − μ)·(dμ/dη)/V.</summary>
    public abstract double Residual(double y, double eta);

    /// <summary>(dμ/dη)²/V.</summary>
    public abstract double Information(double eta);

    /// <summary>The predictor of a mean.</summary>
    public abstract double Predictor(double mean);

    /// <summary>
    /// Where the row's likelihood has its supremum at infinity: 1 above, −1 below; 0 where any large move is for the worse.
    /// </summary>
    public abstract int Limit(double y);

    /// <summary>Whether there is something to explain, by Σw and Σwy.</summary>
    public virtual bool Varies(double weights, double outcome) => true;

    /// <summary>Where the search for the intercept of the model without columns begins, by the sums of all rows without it.</summary>
    public virtual double NullStart(GlmState state) => Predictor(state.Outcome / state.Weights);

    /// <summary>How far one step of that search may go.</summary>
    public virtual double LongestNullStep => 2;

    /// <summary>The null deviance without offset, where it follows from Σw and Σwy; else null.</summary>
    public virtual double? NullDeviance(double weights, double outcome) => null;

    /// <summary>(y − μ)/(dμ/dη): what the Pearson statistic squares.</summary>
    public double Working(double y, double eta) => Residual(y, eta) / Information(eta);

    /// <summary>Adds what a row has to the family's own sums.</summary>
    public virtual void AddExtras(Numerics.DoubleDouble[] extras, double y, double eta, double weight)
    {
    }
}
