namespace Vantage.Algorithms.Results;

/// <summary>
/// A result that people would rather read as tables: on a terminal, in a CSV file, as a data frame. The JSON stays the
/// whole truth; tables may leave things out.
/// </summary>
public interface ITabular
{
    /// <summary>The most important one first; at least one.</summary>
    IReadOnlyList<ResultTable> Tables();
}
