using Vantage.Statistics.Numerics;

namespace Vantage.Statistics.Glm;

/// <summary>What the sites' answers of one round add up to.</summary>
internal sealed class GlmState
{
    private readonly DoubleDouble[] score;
    private readonly DoubleDouble[] sums;
    private readonly DoubleDouble[] extras;

    public GlmState(IReadOnlyList<GlmPartial> partials, int width)
    {
        Information = new(width, ExactSums.Add(partials.Select(p => p.Information)));
        score = ExactSums.Add(partials.Select(p => p.Score));
        sums = ExactSums.Add(partials.Select(p => p.Sums));
        extras = ExactSums.Add(partials.Select(p => p.Extras));
        Used = partials.Sum(p => p.Used);
        Wrong = partials.Any(p => p.Wrong);
        Along = partials.Any(p => p.Along);
        Against = partials.Any(p => p.Against);
        Impossible = partials.Any(p => p.Impossible);
    }

    public SymmetricMatrix Information { get; }

    public long Used { get; }

    public bool Wrong { get; }

    public bool Along { get; }

    public bool Against { get; }

    public bool Impossible { get; }

    public double Deviance => Sum(GlmSums.Deviance);

    public double Weights => Sum(GlmSums.Weights);

    /// <summary>Σ w·y.</summary>
    public double Outcome => Sum(GlmSums.Outcome);

    /// <summary>The score by the log likelihood of a coefficient.</summary>
    public DoubleDouble Score(int i) => score[i];

    public double Sum(int place) => sums[place].ToDouble();

    public double Extra(int place) => extras[place].ToDouble();
}
