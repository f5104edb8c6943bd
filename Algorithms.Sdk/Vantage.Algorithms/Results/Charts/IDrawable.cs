namespace Vantage.Algorithms.Results.Charts;

/// <summary>A result that people would rather look at. The JSON stays the whole truth; a chart may leave things out.</summary>
public interface IDrawable
{
    /// <summary>What there is to see.</summary>
    Chart Chart();
}
