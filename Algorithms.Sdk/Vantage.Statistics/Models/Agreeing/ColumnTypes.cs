using Vantage.Algorithms.Functions;
using Vantage.Statistics.Formulas;

namespace Vantage.Statistics.Models.Agreeing;

/// <summary>Whether a column is text or numbers: the sites that hold any value must be of one mind.</summary>
internal static class ColumnTypes
{
    /// <returns>The columns that hold text.</returns>
    /// <param name="columns">Their names.</param>
    /// <param name="sites">What each site's columns hold, in the same order.</param>
    public static IReadOnlyList<string> Texts(
        IReadOnlyList<string> columns, IReadOnlyList<(string Site, IReadOnlyList<ColumnContent> Columns)> sites) =>
        [.. columns.Where((column, i) => IsText(column, sites.Select(s => (s.Site, s.Columns[i])).ToList()))];

    /// <returns>The columns that hold text at one site and numbers at another.</returns>
    /// <param name="columns">Their names.</param>
    /// <param name="sites">What each site's columns hold, in the same order.</param>
    public static IReadOnlyList<string> Mixed(IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<ColumnContent>> sites) =>
        [.. columns.Where((_, i) => sites.Any(s => Holds(s, i, ColumnContent.Text)) && sites.Any(s => Holds(s, i, ColumnContent.Numbers)))];

    private static bool Holds(IReadOnlyList<ColumnContent> site, int column, string what) =>
        column < site.Count && site[column].Holds == what;

    private static bool IsText(string column, List<(string Site, ColumnContent Content)> sites)
    {
        var texts = sites.Where(s => s.Content.Holds == ColumnContent.Text)
            .Select(s => s.Content.Why is { } why ? $"{s.Site} ({why})" : s.Site).ToList();
        var numbers = sites.Where(s => s.Content.Holds == ColumnContent.Numbers).Select(s => s.Site).ToList();
        if (texts.Count == 0 || numbers.Count == 0)
            return texts.Count > 0;
        throw new DataInvalidException(
            $"Column '{column}' holds numbers at {string.Join(", ", numbers)} and text at {string.Join(", ", texts)}."
            + " It must be the same everywhere: correct the data, list codes for missing values in the source's option"
            + " 'missing', or declare the column's type at the sites. If categories are meant, a formula says"
            + $" factor({ExpressionText.Name(column)}).");
    }
}
