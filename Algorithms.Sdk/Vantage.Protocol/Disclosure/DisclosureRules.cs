namespace Vantage.Protocol.Disclosure;

/// <summary>
/// What a node lets leave. Its policy sets them, no task can loosen them. A function reads them to hold back by itself what
/// may not leave, so that the rest is of use; the node does not rely on it and looks at every output.
/// </summary>
public sealed record DisclosureRules
{
    /// <summary>Where the numbers come from.</summary>
    public required DisclosurePreset Preset { get; init; }

    /// <summary>Rows that a number has to be about; a count of fewer rows is held back.</summary>
    public int MinimumCell { get; init; } = 1;

    /// <summary>Whether a count of no rows at all may leave. ACRO takes it for a statement about everyone else.</summary>
    public bool ZeroCellsPass { get; init; } = true;

    /// <summary>Rows less parameters of a model.</summary>
    public int MinimumResidualDegreesOfFreedom { get; init; }

    /// <summary>Of a sum: how many of the largest contributions may not make up <see cref="DominanceShare"/> of it together.</summary>
    public int DominanceCount { get; init; } = 2;

    /// <summary>1 for no such rule.</summary>
    public double DominanceShare { get; init; } = 1;

    /// <summary>
    /// What all but the two largest contributions to a sum come to, as a share of the largest: with less, the second can tell the
    /// largest to that precision. 0 for no such rule.
    /// </summary>
    public double PRatio { get; init; }

    /// <summary>Most parameters of a model for each row.</summary>
    public double ParameterShare { get; init; } = 1;

    /// <summary>Most levels of a category, or bins of a histogram, for each row.</summary>
    public double LevelsShare { get; init; } = 1;

    /// <summary>Most levels of a category that is told by its levels.</summary>
    public int MaximumLevels { get; init; } = int.MaxValue;

    /// <summary>Fewest people under observation at a time of which a survival curve speaks.</summary>
    public int MinimumAtRisk { get; init; } = 1;

    /// <summary>Counts of rows that are not suppressed leave as multiples of this; 1 for exact counts.</summary>
    public int Rounding { get; init; } = 1;

    /// <summary>Significant digits of numbers that are no counts; what a function declares may be fewer. 17 for all of a double.</summary>
    public int Digits { get; init; } = 17;

    /// <summary>Most bytes of a run's outputs that leave without a person having looked at them.</summary>
    public int OutputKiB { get; init; } = int.MaxValue;

    /// <summary>
    /// Cells of a table that may be held back while others are shown: with more, nobody can look in reasonable time whether they
    /// can be computed, so the table is held back whole.
    /// </summary>
    public const int MostHeldCells = 250;

    /// <summary>Nothing is held back.</summary>
    public static DisclosureRules Off { get; } = new() { Preset = DisclosurePreset.Off };

    /// <summary>DataSHIELD's: nfilter.tab 3, glm and levels.density 0.33, levels.max 40.</summary>
    public static DisclosureRules DataShield { get; } = new()
    {
        Preset = DisclosurePreset.Datashield,
        MinimumCell = 3,
        ParameterShare = 0.33,
        LevelsShare = 0.33,
        MaximumLevels = 40,
        MinimumAtRisk = 3,
        Digits = 15,
        OutputKiB = 4096,
    };

    /// <summary>ACRO's: threshold 10, zeros disclosive, residual df 10, dominance (2, 0.9), p-ratio 0.1, survival 10; DataSHIELD's where it has none.</summary>
    public static DisclosureRules Acro { get; } = DataShield with
    {
        Preset = DisclosurePreset.Acro,
        MinimumCell = 10,
        ZeroCellsPass = false,
        MinimumResidualDegreesOfFreedom = 10,
        DominanceShare = 0.9,
        PRatio = 0.1,
        MinimumAtRisk = 10,
    };

    /// <summary>Whether anything is held back at all.</summary>
    public bool IsOff => Preset == DisclosurePreset.Off;

    /// <summary>Whether a count of so many rows may leave.</summary>
    public bool MayShow(long count) => count >= MinimumCell || (count == 0 && (ZeroCellsPass || IsOff));

    /// <summary>Whether a sum, mean or other number over so many rows may leave. None at all is nobody's number.</summary>
    public bool MaySpeakOf(long rows) => rows >= MinimumCell || rows == 0;

    /// <summary>Null, or which rule forbids a model with so many parameters: one of <see cref="SuppressionRules"/>.</summary>
    public string? AgainstModel(long rows, int parameters) =>
        rows < MinimumCell ? SuppressionRules.MinimumCell
            : parameters > ParameterShare * rows ? SuppressionRules.Saturation
            : rows - parameters < MinimumResidualDegreesOfFreedom ? SuppressionRules.ResidualDegreesOfFreedom
            : null;

    /// <summary>Null, or which rule forbids to tell so many levels of a category, or bins.</summary>
    public string? AgainstLevels(long rows, int levels) =>
        levels > MaximumLevels ? SuppressionRules.MaximumLevels
            : levels > 1 && levels > LevelsShare * rows ? SuppressionRules.LevelsShare
            : null;

    /// <summary>Null, or which rule forbids a sum with such contributions.</summary>
    public string? AgainstSum(SumEvidence sum)
    {
        if (IsOff || sum.Total == 0)
            return null;
        // The contributions beyond the second are not known one by one; a rule over more of them takes the most they can be.
        var top = DominanceCount switch
        {
            1 => sum.Largest,
            2 => sum.Largest + sum.Second,
            var n => Math.Min(sum.Total, sum.Largest + (sum.Second * (n - 1))),
        };
        return top > DominanceShare * sum.Total && DominanceShare < 1 ? SuppressionRules.Dominance
            : sum.Total - sum.Largest - sum.Second < PRatio * sum.Largest ? SuppressionRules.PRatio
            : null;
    }

    /// <summary>The nearest multiple of <see cref="Rounding"/>: a count as the node writes it.</summary>
    public long Round(long count) => Rounding <= 1 ? count : (count + (Rounding / 2)) / Rounding * Rounding;

    /// <summary>What a function that counts says of it, declared as <see cref="DisclosureKind.Rounding"/>: null where counts leave exact.</summary>
    public int? RoundingTold => Rounding > 1 ? Rounding : null;

    /// <summary>The nearest multiple of the minimum cell (of <see cref="Rounding"/>, if that is more): no step of one row shows in it.</summary>
    public long Blur(long count)
    {
        var step = Math.Max(MinimumCell, Rounding);
        return IsOff || step <= 1 ? count : (count + (step / 2)) / step * step;
    }
}
