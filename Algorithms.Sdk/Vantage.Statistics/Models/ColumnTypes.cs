using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;

namespace Vantage.Statistics.Models;

/// <summary>Whether a column is text or numbers: the sites that hold any value must be of one mind.</summary>
internal static class ColumnTypes
{
    /// <returns>The columns that hold text.</returns>
    public static IReadOnlyList<string> Texts(
        IReadOnlyList<string> columns, IReadOnlyList<SiteValue<FramePartial>> frames) =>
        [.. columns.Where((column, i) => IsText(column, frames.Select(f => (f.Site, f.Value.Columns[i].Holds)).ToList()))];

    private static bool IsText(string column, List<(string Site, string Holds)> sites)
    {
        var texts = sites.Where(s => s.Holds == ColumnContent.Text).Select(s => s.Site).ToList();
        var numbers = sites.Where(s => s.Holds == ColumnContent.Numbers).Select(s => s.Site).ToList();
        if (texts.Count == 0 || numbers.Count == 0)
            return texts.Count > 0;
        throw new DataInvalidException(
            $"Column '{column}' holds numbers at {string.Join(", ", numbers)} and text at {string.Join(", ", texts)}."
            + " It must be the same everywhere: correct the data, list codes for missing values in the source's option"
            + " 'missing', or declare the column's type at the sites.");
    }
}
