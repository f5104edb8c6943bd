using Vantage.Statistics.Numerics;

namespace Vantage.Statistics.Clusters;

/// <summary>One start on its way (Lloyd 1982): rows go to the nearest centre, centres to the mean of their rows, until none moves.</summary>
internal sealed class KMeansRun(IReadOnlyList<IReadOnlyList<double>> start)
{
    public IReadOnlyList<IReadOnlyList<double>> Centres { get; private set; } = start;

    public bool IsOver { get; private set; }

    public bool Converged { get; private set; }

    /// <summary>A cluster without rows: this start leads nowhere.</summary>
    public bool IsEmpty { get; private set; }

    public int Iterations { get; private set; }

    public IReadOnlyList<long> Sizes { get; private set; } = [];

    /// <summary>Of each cluster: Σ of squared distances from its centre.</summary>
    public IReadOnlyList<double> Within { get; private set; } = [];

    public double Inertia => Within.Sum();

    public void Take(IReadOnlyList<KMeansStart> sites, int maxIterations)
    {
        Iterations++;
        var clusters = Enumerable.Range(0, Centres.Count)
            .Select(c => sites.Select(s => s.Clusters[c]).OfType<ClusterSums>().ToList()).ToList();
        Sizes = [.. clusters.Select(c => c.Sum(s => s.Rows))];
        if (Sizes.Contains(0))
        {
            (IsOver, IsEmpty) = (true, true);
            return;
        }

        Within = [.. clusters.Select(c => ExactSums.Add(c.Select(s => s.Squares))[0].ToDouble())];
        IReadOnlyList<IReadOnlyList<double>> next = [.. clusters.Select((c, i) => (IReadOnlyList<double>)
            [.. ExactSums.Add(c.Select(s => s.Sums)).Select(sum => (sum / Sizes[i]).ToDouble())])];
        Converged = next.Zip(Centres).All(c => c.First.SequenceEqual(c.Second));
        IsOver = Converged || Iterations >= maxIterations;
        Centres = next;
    }
}
