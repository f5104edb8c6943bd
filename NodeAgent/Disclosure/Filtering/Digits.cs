using System.Globalization;

namespace Vantage.NodeAgent.Disclosure.Filtering;

/// <summary>Numbers as they leave: so many significant digits and no more, in one spelling.</summary>
internal static class Digits
{
    /// <summary>A number too small to be written with all its digits leaves as 0: what is left of it carries no statistic.</summary>
    public static string Of(double number, int digits)
    {
        if (number == 0 || !double.IsNormal(number))
        {
            return "0";
        }

        var shown = digits >= 17
            ? number
            : double.Parse(number.ToString($"E{Math.Max(1, digits) - 1}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return shown.ToString("R", CultureInfo.InvariantCulture);
    }
}
