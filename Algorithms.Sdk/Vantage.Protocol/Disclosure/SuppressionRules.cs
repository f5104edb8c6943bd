namespace Vantage.Protocol.Disclosure;

/// <summary>The names by which partials, receipts and notes call the rules that held something back.</summary>
public static class SuppressionRules
{
    /// <summary>Too few rows.</summary>
    public const string MinimumCell = "minimum-cell";

    /// <summary>It could be computed from others that are shown.</summary>
    public const string Complementary = "complementary";

    /// <summary>A few contributions make up nearly all of a sum.</summary>
    public const string Dominance = "dominance";

    /// <summary>One contribution could tell another from the sum.</summary>
    public const string PRatio = "p-ratio";

    /// <summary>Too many parameters for the rows.</summary>
    public const string Saturation = "saturation";

    /// <summary>Too few rows beyond the parameters.</summary>
    public const string ResidualDegreesOfFreedom = "residual-df";

    /// <summary>Too many levels for the rows.</summary>
    public const string LevelsShare = "levels-share";

    /// <summary>Too many levels.</summary>
    public const string MaximumLevels = "maximum-levels";

    /// <summary>Too few people under observation.</summary>
    public const string AtRisk = "at-risk";

    /// <summary>It needs an exact count, and counts are rounded.</summary>
    public const string Rounding = "rounding";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
        [MinimumCell, Complementary, Dominance, PRatio, Saturation, ResidualDegreesOfFreedom, LevelsShare, MaximumLevels, AtRisk, Rounding];

    /// <summary>The rule as a person reads it.</summary>
    public static string Words(string rule) => rule switch
    {
        MinimumCell => "too few rows",
        Complementary => "could be computed from what is shown",
        Dominance => "a few rows make up nearly all of it",
        PRatio => "one row could be told from it",
        Saturation => "too many parameters for its rows",
        ResidualDegreesOfFreedom => "too few rows beyond the parameters",
        LevelsShare => "too many levels for its rows",
        MaximumLevels => "too many levels",
        AtRisk => "too few people under observation",
        Rounding => "it takes an exact count of rows, and counts are rounded",
        _ => "its rules",
    };
}
