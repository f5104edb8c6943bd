namespace Vantage.Statistics.Formulas;

/// <summary>Computes a variable for many rows at once. NaN where any part is missing.</summary>
internal static class Computation
{
    public static IReadOnlyDictionary<string, Func<double, double>> Functions { get; } =
        new Dictionary<string, Func<double, double>>(StringComparer.Ordinal)
        {
            ["I"] = x => x,
            ["log"] = Math.Log,
            ["log2"] = Math.Log2,
            ["log10"] = Math.Log10,
            ["exp"] = Math.Exp,
            ["sqrt"] = Math.Sqrt,
            ["abs"] = Math.Abs,
        };

    /// <param name="expression">Checked by <see cref="VariableReader"/>.</param>
    /// <param name="column">The values of a column.</param>
    /// <param name="rows">How many rows.</param>
    public static double[] Of(Expression expression, Func<string, ReadOnlySpan<double>> column, int rows)
    {
        switch (expression)
        {
            case NameExpression name:
                return column(name.Name).ToArray();
            case NumberExpression number:
                var constant = new double[rows];
                Array.Fill(constant, number.Value);
                return constant;
            case GroupExpression group:
                return Of(group.Inner, column, rows);
            case UnaryExpression unary:
                return Map(Of(unary.Operand, column, rows), unary.Sign == "-" ? x => -x : x => x);
            case CallExpression call:
                return Map(Of(call.Arguments[0].Value, column, rows), Functions[call.Function]);
            case BinaryExpression binary:
                return Map(Of(binary.Left, column, rows), Of(binary.Right, column, rows), Operator(binary.Operator));
            default:
                throw new InvalidOperationException($"'{expression}' is no computation.");
        }
    }

    private static Func<double, double, double> Operator(string symbol) => symbol switch
    {
        "+" => (a, b) => a + b,
        "-" => (a, b) => a - b,
        "*" => (a, b) => a * b,
        "/" => (a, b) => a / b,

        // R squares by multiplying, which differs from pow in the last digit; and pow(NaN, 0) is 1 where a missing
        // value shall stay missing.
        "^" => (a, b) => double.IsNaN(a) || double.IsNaN(b) ? double.NaN : b == 2 ? a * a : Math.Pow(a, b),
        _ => throw new InvalidOperationException($"'{symbol}' does not compute."),
    };

    private static double[] Map(double[] values, Func<double, double> function)
    {
        for (var i = 0; i < values.Length; i++)
            values[i] = function(values[i]);
        return values;
    }

    private static double[] Map(double[] left, double[] right, Func<double, double, double> function)
    {
        for (var i = 0; i < left.Length; i++)
            left[i] = function(left[i], right[i]);
        return left;
    }
}
