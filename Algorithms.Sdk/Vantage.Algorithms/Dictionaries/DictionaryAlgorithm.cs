using Vantage.Algorithms.Functions;
using Vantage.Protocol.Dictionaries;

namespace Vantage.Algorithms.Dictionaries;

/// <summary>
/// <c>dictionary</c>: what a site's data are like, before anybody computes on them. Nodes do these functions themselves; what
/// they say holds no values, and no count that tells of few people.
/// </summary>
public static class DictionaryAlgorithm
{
    /// <summary>How each variable of a source's dictionary stands at a site.</summary>
    public static PartialFunction<StatusArguments, StatusReport> Status { get; } = Function.ByNode(
        DictionaryFunctions.Status,
        "Says for each variable of a source's dictionary whether it is there and fits; no values, and no small counts.",
        DictionariesJson.Default.StatusArguments,
        DictionariesJson.Default.StatusReport);

    /// <summary>Made-up rows that look like a source's; only where a site's policy allows them.</summary>
    public static PartialFunction<PreviewArguments, PreviewReport> Preview { get; } = Function.ByNode(
        DictionaryFunctions.Preview,
        "Draws made-up rows that look like a source's, each column by itself from rounded quantiles and levels.",
        DictionariesJson.Default.PreviewArguments,
        DictionariesJson.Default.PreviewReport);

    /// <summary>Both under the name that policies and tasks know.</summary>
    public static Algorithm Algorithm { get; } = new(
        DictionaryFunctions.Algorithm,
        "1.0.0",
        "What a site's data are like: variables and made-up rows.",
        typeof(DictionaryAlgorithm).Assembly,
        Status,
        Preview);
}
