namespace Vantage.Statistics.Roc;

/// <summary>Rows of both outcomes by score, over all sites, ascending.</summary>
/// <param name="Scores">Scores, or where intervals end.</param>
/// <param name="With">Rows with the outcome.</param>
/// <param name="Without">Rows without.</param>
/// <param name="HalfStep">From a score to the middle of its interval; 0 for scores themselves.</param>
internal sealed record ScoreBins(double[] Scores, double[] With, double[] Without, double HalfStep)
{
    public double Positives => With.Sum();

    public double Negatives => Without.Sum();

    public static ScoreBins Of(IReadOnlyList<RocPartial> sites, double[]? edges)
    {
        if (edges is null)
        {
            double[] scores = [.. sites.SelectMany(s => s.Positive!.Edges.Concat(s.Negative!.Edges)).Distinct().Order()];
            return new(scores, Counted(scores, sites.Select(s => s.Positive!)), Counted(scores, sites.Select(s => s.Negative!)), 0);
        }

        var step = edges[1] - edges[0];
        return new(
            edges, Spread(edges, step, sites.Select(s => s.Positive!)), Spread(edges, step, sites.Select(s => s.Negative!)), step / 2);
    }

    /// <summary>From the largest threshold, where all are foretold to be without, to the smallest.</summary>
    public IReadOnlyList<RocPoint> Curve()
    {
        var points = new List<RocPoint>(Scores.Length);
        var (with, without) = (0.0, 0.0);
        for (var i = Scores.Length - 1; i >= 0; i--)
        {
            with += With[i];
            without += Without[i];
            points.Add(new(Scores[i] - (2 * HalfStep), with / Positives, 1 - (without / Negatives)));
        }

        return points;
    }

    public double Brier()
    {
        var sum = 0.0;
        for (var i = 0; i < Scores.Length; i++)
        {
            var score = Scores[i] - HalfStep;
            sum += (With[i] * (1 - score) * (1 - score)) + (Without[i] * score * score);
        }

        return sum / (Positives + Negatives);
    }

    public IReadOnlyList<CalibrationBin> Calibration() => [.. Enumerable.Range(0, 10).Select(part =>
    {
        var (from, to) = (part / 10.0, (part + 1) / 10.0);
        var (rows, score, with) = (0.0, 0.0, 0.0);
        for (var i = 0; i < Scores.Length; i++)
        {
            var at = Scores[i] - HalfStep;
            if ((at <= from && !(part == 0 && at == 0)) || at > to)
                continue;
            rows += With[i] + Without[i];
            score += (With[i] + Without[i]) * at;
            with += With[i];
        }

        return new CalibrationBin(from, to, rows, rows > 0 ? score / rows : null, rows > 0 ? with / rows : null);
    })];

    private static double[] Counted(double[] scores, IEnumerable<ScoreCounts> sites)
    {
        var counts = new double[scores.Length];
        foreach (var site in sites)
        {
            for (var i = 0; i < site.Edges.Count; i++)
                counts[Array.BinarySearch(scores, site.Edges[i])] += site.Counts[i];
        }

        return counts;
    }

    /// <summary>Each interval of a site evenly over the steps that it joins.</summary>
    private static double[] Spread(double[] edges, double step, IEnumerable<ScoreCounts> sites)
    {
        var counts = new double[edges.Length];
        foreach (var site in sites)
        {
            var from = site.From is { } first ? Array.IndexOf(edges, first) + 1 : 0;
            for (var i = 0; i < site.Edges.Count; i++)
            {
                var until = Array.FindIndex(edges, e => e >= site.Edges[i] - (step / 4));
                for (var k = from; k <= until; k++)
                    counts[k] += site.Counts[i] / (double)(until - from + 1);
                from = until + 1;
            }
        }

        return counts;
    }
}
