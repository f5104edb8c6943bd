namespace Vantage.Statistics.Glm.Families;

/// <summary>0 and 1, by the log odds.</summary>
internal sealed class BinomialLogit : Family
{
    public static BinomialLogit Instance { get; } = new();

    public override string Name => "binomial";

    public override string Link => "logit";

    public override string Law => "0 or 1";

    public override bool IsTwoSided => true;

    public override bool Takes(double y) => y is 0 or 1;

    /// <summary>R begins with μ = (w·y + ½) / (w + 1).</summary>
    public override (double Information, double Response) Start(double y, double weight)
    {
        var mean = ((y * weight) + 0.5) / (weight + 1);
        var variance = mean * (1 - mean);
        return (variance, Math.Log(mean / (1 - mean)) + ((y - mean) / variance));
    }

    public override double Deviance(double y, double eta) => -2 * Logit.LogProbability(y == 1, eta);

    /// <summary>R counts weights as numbers of trials.</summary>
    public override double LogLikelihood(double y, double eta, double weight) =>
        Math.Round(weight) * Logit.LogProbability(y == 1, eta);

    public override double Residual(double y, double eta) => Logit.Residual(y == 1, eta);

    public override double Information(double eta) => Logit.Variance(eta);

    public override double Predictor(double mean) => Math.Log(mean / (1 - mean));

    public override int Limit(double y) => y == 1 ? 1 : -1;

    public override bool Varies(double weights, double outcome) => outcome > 0 && outcome < weights;

    public override double? NullDeviance(double weights, double outcome)
    {
        var others = weights - outcome;
        return -2 * ((outcome * Math.Log(outcome / weights)) + (others * Math.Log(others / weights)));
    }
}
