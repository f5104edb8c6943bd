using Vantage.Statistics.Numerics;

namespace Vantage.Statistics.Logistic;

/// <summary>What the sites' answers of one round add up to.</summary>
internal sealed class LogisticState
{
    private readonly DoubleDouble[] score;
    private readonly DoubleDouble[] sums;

    public LogisticState(IReadOnlyList<LogisticPartial> partials, int width)
    {
        Information = new(width, ExactSums.Add(partials.Select(p => p.Information)));
        score = ExactSums.Add(partials.Select(p => p.Score));
        sums = ExactSums.Add(partials.Select(p => p.Sums));
        Used = partials.Sum(p => p.Used);
        Wrong = partials.Sum(p => p.Wrong);
        Along = partials.Sum(p => p.Along);
        Against = partials.Sum(p => p.Against);
    }

    public SymmetricMatrix Information { get; }

    public long Used { get; }

    public long Wrong { get; }

    public long Along { get; }

    public long Against { get; }

    public double Deviance => Sum(LogisticSums.Deviance);

    public double Weights => Sum(LogisticSums.Weights);

    public double Successes => Sum(LogisticSums.Successes);

    /// <summary>The score by the log likelihood of a coefficient.</summary>
    public DoubleDouble Score(int i) => score[i];

    public double Sum(int place) => sums[place].ToDouble();
}
