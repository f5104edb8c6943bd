using Saddle = Vantage.Statistics.Distributions.Deviance;

namespace Vantage.Statistics.Glm.Families;

/// <summary>Counts, by the logarithm of their mean.</summary>
internal sealed class PoissonLog : Family
{
    public static PoissonLog Instance { get; } = new();

    /// <summary>The place of Σ w·(y/μ − 1)², from which the search for θ begins.</summary>
    public const int Moment = 0;

    /// <summary>The place of Σ w·((y − μ)² − y): not above zero where counts vary no more than Poisson's.</summary>
    public const int Excess = 1;

    public override string Name => "poisson";

    public override string Link => "log";

    public override string Law => "a whole number that is not negative";

    public override int Extras => 2;

    public override bool Takes(double y) => y >= 0 && Math.Floor(y) == y;

    /// <summary>R begins with μ = y + 0.1.</summary>
    public override (double Information, double Response) Start(double y, double weight)
    {
        var mean = y + 0.1;
        return (mean, Math.Log(mean) + ((y - mean) / mean));
    }

    public override bool IsPossible(double eta) => double.IsFinite(Math.Exp(eta));

    public override double Deviance(double y, double eta) => 2 * Saddle.Part(y, Math.Exp(eta));

    public override double LogLikelihood(double y, double eta, double weight) => weight * Saddle.LogPoisson(y, Math.Exp(eta));

    public override double Residual(double y, double eta) => y - Math.Exp(eta);

    public override double Information(double eta) => Math.Exp(eta);

    public override double Predictor(double mean) => Math.Log(mean);

    public override int Limit(double y) => y == 0 ? -1 : 0;

    public override bool Varies(double weights, double outcome) => outcome > 0;

    /// <summary>Σwy / Σw·exp(offset) is the solution.</summary>
    public override double NullStart(GlmState state)
    {
        var start = Math.Log(state.Outcome / state.Sum(GlmSums.NullInformation));
        return double.IsFinite(start) ? start : base.NullStart(state);
    }

    public override void AddExtras(Numerics.DoubleDouble[] extras, double y, double eta, double weight)
    {
        var mean = Math.Exp(eta);
        var part = (y - mean) / mean;
        extras[Moment] += weight * part * part;
        extras[Excess] += weight * (((y - mean) * (y - mean)) - y);
    }
}
