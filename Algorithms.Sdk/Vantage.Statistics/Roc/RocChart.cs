using System.Globalization;
using Vantage.Algorithms.Results.Charts;

namespace Vantage.Statistics.Roc;

/// <summary>The curve from no row foretold to all of them, over the diagonal of a score that tells nothing.</summary>
internal static class RocChart
{
    public static Chart Of(RocResult r) => new(
        string.Create(CultureInfo.InvariantCulture, $"{r.Formula}: AUC {r.Auc:0.000}"),
        new("1 − specificity", 0, 1),
        new("sensitivity", 0, 1),
        [
            new("", ChartKind.Line, [new(0, 0), .. r.Curve.Select(p => new ChartPoint(1 - p.Specificity, p.Sensitivity))]),
            new("", ChartKind.Guide, [new(0, 0), new(1, 1)]),
        ]);
}
