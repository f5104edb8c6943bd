namespace Vantage.Statistics.Glm.Families;

/// <summary>Any number, by its mean.</summary>
internal sealed class GaussianIdentity : Family
{
    public static GaussianIdentity Instance { get; } = new();

    public override string Name => "gaussian";

    public override string Link => "identity";

    public override string Law => "a number";

    public override bool HasDispersion => true;

    public override int FurtherParameters => 1;

    public override bool Takes(double y) => true;

    public override (double Information, double Response) Start(double y, double weight) => (1, y);

    public override double Deviance(double y, double eta) => (y - eta) * (y - eta);

    public override double LogLikelihood(double y, double eta, double weight) => 0;

    public override double Residual(double y, double eta) => y - eta;

    public override double Information(double eta) => 1;

    public override double Predictor(double mean) => mean;

    public override int Limit(double y) => 0;
}
