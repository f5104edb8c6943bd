using Vantage.Protocol.Disclosure;
using Vantage.Statistics.Glm;
using Vantage.Statistics.Glm.Families;
using Vantage.Statistics.Numerics;

namespace Vantage.Statistics.FedAvg;

/// <summary>The gradient of a site's likelihood over all its rows.</summary>
internal sealed class LocalPass(Family family, FedAvgStep step, double[] coefficients, bool isWatched)
{
    private readonly double[] centres = [.. step.Centres];
    private readonly double[] scales = [.. step.Scales];
    private readonly double[] scaled = new double[coefficients.Length];
    private readonly RoundWeights sizes = new(family, isWatched);
    private bool isPossible = true;

    public long Rows { get; private set; }

    public long Used { get; private set; }

    public DoubleDouble Weight { get; private set; }

    /// <summary>Half the deviance.</summary>
    public DoubleDouble Loss { get; private set; }

    public DoubleDouble[] Gradient { get; } = new DoubleDouble[coefficients.Length];

    /// <summary>What the gradient is of, where the coefficients are somebody's choice.</summary>
    public string? Against(DisclosureRules rules) => sizes.Against(rules, Used);

    public bool IsFinite => isPossible && Loss.IsFinite && Gradient.All(g => g.IsFinite);

    public void Add(ReadOnlySpan<double> x, double y, double weight, double offset)
    {
        Rows++;
        if (weight == 0)
            return;
        Used++;
        Weight += weight;
        var predictor = DoubleDouble.Zero;
        for (var j = 0; j < scaled.Length; j++)
        {
            scaled[j] = (x[j] - centres[j]) / scales[j];
            predictor += DoubleDouble.Product(scaled[j], coefficients[j]);
        }

        var eta = (predictor + offset).ToDouble();
        if (!double.IsFinite(eta) || !family.IsPossible(eta))
        {
            isPossible = false;
            return;
        }

        Loss += weight * family.Deviance(y, eta) / 2;
        var residual = weight * family.Residual(y, eta);
        sizes.Add(weight, eta, family.Residual(y, eta));
        for (var j = 0; j < scaled.Length; j++)
            Gradient[j] += DoubleDouble.Product(scaled[j], residual);
    }
}
