using System.Runtime.CompilerServices;

namespace Vantage.Statistics.Numerics;

/// <summary>
/// A number as the unevaluated sum of two doubles, good for about 32 digits. Sums in it are so much more exact than
/// their result as a double that the order of the terms no longer shows.
/// </summary>
/// <remarks>
/// Algorithms of Dekker (1971) and Knuth, as in Hida, Li, Bailey: Library for Double-Double and Quad-Double Arithmetic
/// (2007). Infinities and overflow end in NaN: callers check for it.
/// </remarks>
internal readonly record struct DoubleDouble(double High, double Low)
{
    public static DoubleDouble Zero => default;

    public bool IsFinite => double.IsFinite(High) && double.IsFinite(Low);

    /// <summary>The nearest double.</summary>
    public double ToDouble() => High + Low;

    public static implicit operator DoubleDouble(double value) => new(value, 0);

    /// <summary>The product of two doubles without rounding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble Product(double a, double b)
    {
        var high = a * b;
        return new(high, Math.FusedMultiplyAdd(a, b, -high));
    }

    public static DoubleDouble operator -(DoubleDouble a) => new(-a.High, -a.Low);

    public static DoubleDouble operator -(DoubleDouble a, DoubleDouble b) => a + -b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble operator +(DoubleDouble a, DoubleDouble b)
    {
        var high = Sum(a.High, b.High);
        var low = Sum(a.Low, b.Low);
        var first = Normalized(high.High, high.Low + low.High);
        return Normalized(first.High, first.Low + low.Low);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble operator *(DoubleDouble a, DoubleDouble b)
    {
        var product = Product(a.High, b.High);
        return Normalized(product.High, product.Low + ((a.High * b.Low) + (a.Low * b.High)));
    }

    public static DoubleDouble operator /(DoubleDouble a, double b)
    {
        var first = a.High / b;
        var rest = a - Product(first, b);
        var second = rest.High / b;
        rest -= Product(second, b);
        return Normalized(first, second) + (rest.High / b);
    }

    public static DoubleDouble operator /(DoubleDouble a, DoubleDouble b)
    {
        var first = a.High / b.High;
        var rest = a - (b * first);
        var second = rest.High / b.High;
        rest -= b * second;
        return Normalized(first, second) + (rest.High / b.High);
    }

    /// <summary>The sum of two doubles without rounding (Knuth).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static DoubleDouble Sum(double a, double b)
    {
        var high = a + b;
        var part = high - a;
        return new(high, (a - (high - part)) + (b - part));
    }

    /// <summary>The same for |a| ≥ |b| (Dekker).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static DoubleDouble Normalized(double a, double b)
    {
        var high = a + b;
        return new(high, b - (high - a));
    }
}
