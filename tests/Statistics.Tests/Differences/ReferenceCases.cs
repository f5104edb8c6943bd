using System.Text.Json;

namespace Statistics.Tests.Differences;

/// <summary>The references of all analyses. One more is a line here.</summary>
internal static class ReferenceCases
{
    /// <summary>Files whose cases are written as <see cref="ReferenceCase"/> is: algorithm, data, arguments, expected, perhaps scales.</summary>
    private static readonly string[] Files =
    [
        "summary", "ttest", "anova", "correlation", "histogram", "quantiles",
        "ridge", "fedavg", "metaspreads", "further", "nist",
    ];

    public static IReadOnlyList<ReferenceCase> OfFiles { get; } =
        [.. Files.SelectMany(f => JsonSerializer.Deserialize<List<ReferenceCase>>(CaseJson.Text(f), JsonSerializerOptions.Web)!)];

    /// <summary>With those of other forms, which tests of their own hold against more than this.</summary>
    public static IReadOnlyList<ReferenceCase> All { get; } =
    [
        .. OfFiles,
        .. RegressionCases.All,
        .. TableCases.All,
        .. SurvivalCases.All,
        .. MultivariateCases.All,
    ];
}
