namespace Vantage.Statistics.Numerics;

/// <summary>A symmetric matrix by its upper triangle, row by row.</summary>
internal sealed class SymmetricMatrix(int size, DoubleDouble[] triangle)
{
    public int Size => size;

    public DoubleDouble this[int i, int j] => i <= j ? triangle[At(i, j)] : triangle[At(j, i)];

    public static int Length(int size) => size * (size + 1) / 2;

    /// <summary>Of a triangle with so many numbers.</summary>
    public static int SizeOf(int length) => (int)((Math.Sqrt((8.0 * length) + 1) - 1) / 2);

    private int At(int i, int j) => (i * size) - (i * (i - 1) / 2) + j - i;
}
