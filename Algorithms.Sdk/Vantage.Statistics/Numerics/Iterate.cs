namespace Vantage.Statistics.Numerics;

/// <summary>Where a search by Newton's method stands, and the step that led there.</summary>
internal sealed class Iterate(int width)
{
    private readonly DoubleDouble[] coefficients = new DoubleDouble[width];
    private readonly DoubleDouble[] step = new DoubleDouble[width];

    public IReadOnlyList<DoubleDouble> Coefficients => coefficients;

    public IReadOnlyList<DoubleDouble> Step => step;

    /// <param name="kept">Of which coefficients the step is; it leaves the others as they are.</param>
    /// <param name="solved">By how much, in their order.</param>
    public void Advance(IReadOnlyList<int> kept, IReadOnlyList<DoubleDouble> solved)
    {
        Array.Clear(step);
        for (var i = 0; i < solved.Count; i++)
        {
            step[kept[i]] = solved[i];
            coefficients[kept[i]] += solved[i];
        }
    }

    /// <summary>Takes half of the step back.</summary>
    public void Halve()
    {
        for (var i = 0; i < width; i++)
        {
            step[i] = step[i] * 0.5;
            coefficients[i] -= step[i];
        }
    }

    /// <summary>Begins anew, with the first coefficient alone.</summary>
    public void Reset(double first)
    {
        Array.Clear(step);
        Array.Clear(coefficients);
        coefficients[0] = first;
    }
}
