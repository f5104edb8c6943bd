using System.Text.Json;

namespace Vantage.Cli.Demo;

/// <summary>
/// The demo's regression over all rows in one place, as R 4.2.2 gives it: <c>glm(malignant ~ mean_radius + mean_texture +
/// mean_smoothness, binomial, control = glm.control(epsilon = 1e-14, maxit = 100))</c>. R's own default stops earlier and
/// leaves the standard errors 1e-7 off.
/// </summary>
internal static class PooledLogistic
{
    public const string Formula = "malignant ~ mean_radius + mean_texture + mean_smoothness";

    private static readonly (string Term, double Coefficient, double StandardError)[] Reference =
    [
        ("(Intercept)", -42.0194076449157, 4.45942686617582),
        ("mean_radius", 1.39699240809601, 0.154032409765213),
        ("mean_texture", 0.380558926265894, 0.0571132466535010),
        ("mean_smoothness", 144.674227115014, 19.0468750889794),
    ];

    /// <summary>The largest relative difference between what the federation found and R.</summary>
    public static double Compare(JsonElement fit, Action<string, double, double, double, double>? row = null)
    {
        var largest = 0.0;
        foreach (var (term, coefficient, standardError) in Reference)
        {
            var found = fit.GetProperty("coefficients").GetProperty(term).GetDouble();
            var foundError = fit.GetProperty("standardErrors").GetProperty(term).GetDouble();
            largest = Math.Max(largest, Math.Max(Relative(found, coefficient), Relative(foundError, standardError)));
            row?.Invoke(term, found, coefficient, foundError, standardError);
        }

        return largest;
    }

    private static double Relative(double found, double expected) => Math.Abs(found - expected) / Math.Abs(expected);
}
