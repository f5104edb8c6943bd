using System.Globalization;

namespace Vantage.Statistics.Formulas;

/// <summary>Prints expressions as R prints them, since coefficients are called by it: <c>I(x^2)</c>, <c>log(x + 1)</c>.</summary>
internal static class ExpressionText
{
    private static readonly string[] Tight = ["^", ":", "/"];

    public static string Of(Expression expression) => expression switch
    {
        NumberExpression n => Number(n.Value),
        TextExpression t => Quoted(t.Value),
        NameExpression n => Name(n.Name),
        UnaryExpression u => u.Sign + Of(u.Operand),
        BinaryExpression b when Tight.Contains(b.Operator) => Of(b.Left) + b.Operator + Of(b.Right),
        BinaryExpression b => $"{Of(b.Left)} {b.Operator} {Of(b.Right)}",
        GroupExpression g => $"({Of(g.Inner)})",
        CallExpression c => $"{Name(c.Function)}({string.Join(", ", c.Arguments.Select(Argument))})",
        _ => throw new InvalidOperationException("The hierarchy is closed."),
    };

    /// <summary>In back-quotes unless it is a name that R takes as it stands.</summary>
    public static string Name(string name) =>
        IsPlain(name) ? name : "`" + name.Replace("\\", "\\\\").Replace("`", "\\`") + "`";

    /// <summary>15 significant digits, the shorter of fixed and scientific, as R writes numbers.</summary>
    public static string Number(double value)
    {
        if (value == 0)
            return "0";
        var digits = 1;
        while (digits < 15 && Round(value, digits) != Round(value, 15))
            digits++;
        var rounded = Round(value, digits);
        var exponent = (int)Math.Floor(Math.Log10(Math.Abs(rounded)));
        if (Math.Abs(rounded) >= Math.Pow(10, exponent + 1))
            exponent++;
        var decimals = Math.Max(0, digits - 1 - exponent);
        var isFixed = Math.Abs(exponent) < 300 && FixedWidth(exponent, decimals) <= ScientificWidth(digits, exponent);
        return isFixed
            ? ((decimal)rounded == decimal.Truncate((decimal)rounded)
                ? rounded.ToString("F0", CultureInfo.InvariantCulture)
                : rounded.ToString("F" + decimals, CultureInfo.InvariantCulture))
            : rounded.ToString(
                "0." + new string('#', digits) + "e+00", CultureInfo.InvariantCulture);
    }

    private static int FixedWidth(int exponent, int decimals) =>
        Math.Max(exponent, 0) + 1 + (decimals > 0 ? decimals + 1 : 0);

    private static int ScientificWidth(int digits, int exponent) =>
        digits + (digits > 1 ? 1 : 0) + (Math.Abs(exponent) >= 100 ? 5 : 4);

    private static double Round(double value, int digits) =>
        double.Parse(value.ToString("E" + (digits - 1), CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static string Argument(CallArgument argument) =>
        argument.Name is null ? Of(argument.Value) : $"{argument.Name} = {Of(argument.Value)}";

    private static string Quoted(string text) => "\"" + text.Replace("\\", "\\\\").Replace("\"", "\\\"") + "\"";

    private static bool IsPlain(string name) =>
        name.Length > 0 && name.All(FormulaLexer.IsNamePart)
        && (char.IsLetter(name[0]) || (name[0] == '.' && !(name.Length > 1 && char.IsDigit(name[1]))));
}
