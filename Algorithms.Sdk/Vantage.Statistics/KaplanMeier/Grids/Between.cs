namespace Vantage.Statistics.KaplanMeier.Grids;

/// <summary>Reads a curve of a grid between its times, on the straight line.</summary>
internal static class Between
{
    public static SurvivalAtTime At(SurvivalCurve curve, double time)
    {
        if (curve.Times.Count == 0 || time > curve.Times[^1])
            return new(curve.Group, time, null, null, null, null, null);
        if (time <= 0)
            return new(curve.Group, time, curve.Rows, 1, 0, 1, 1);
        var next = curve.Times.Index().First(t => t.Item >= time).Index;
        var (from, atRisk) = next == 0 ? (0, curve.Rows) : (curve.Times[next - 1], curve.AtRisk[next - 1]);
        var share = (time - from) / (curve.Times[next] - from);
        return new(
            curve.Group,
            time,
            atRisk + (share * (curve.AtRisk[next] - atRisk)),
            Value(curve.Survival[next], next == 0 ? 1 : curve.Survival[next - 1], share),
            Value(curve.StandardErrors[next], next == 0 ? 0 : curve.StandardErrors[next - 1], share),
            Value(curve.Lower[next], next == 0 ? 1 : curve.Lower[next - 1], share),
            Value(curve.Upper[next], next == 0 ? 1 : curve.Upper[next - 1], share));
    }

    public static IReadOnlyList<double?> Limits(SurvivalCurve curve) =>
        [Half(curve, curve.Lower), Half(curve, curve.Upper)];

    public static double? Half(SurvivalCurve curve, IReadOnlyList<double> values) => Half(curve, [.. values.Select(v => (double?)v)]);

    /// <summary>Where the line first reaches one half; null if it does not.</summary>
    private static double? Half(SurvivalCurve curve, IReadOnlyList<double?> values)
    {
        var (time, value) = (0.0, 1.0);
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i] is not { } now)
                continue;
            if (now <= 0.5)
                return now == value ? curve.Times[i] : time + ((value - 0.5) / (value - now) * (curve.Times[i] - time));
            (time, value) = (curve.Times[i], now);
        }

        return null;
    }

    private static double? Value(double? now, double? before, double share) => before + (share * (now - before));
}
