namespace Vantage.Statistics.Formulas;

/// <summary>What to write instead of functions that R has and formulas here have not.</summary>
internal static class UnknownFunction
{
    private const string Known = "log, log2, log10, exp, sqrt, abs, I, factor, relevel, offset";
    private const string OfAllRows = "it is computed of all rows, which no site has";

    public static string Words(string function) => function switch
    {
        "poly" => "poly is not understood. Write x + I(x^2): the fit is the same, the coefficients are those of poly(x, 2, raw = TRUE).",
        "ns" or "bs" or "s" or "pspline" => $"there are no splines: {OfAllRows}. Write x + I(x^2) + I(x^3), or factor(…) of a column of classes.",
        "scale" => $"scale is not understood: {OfAllRows}. Models need no scaling; to have it, write I((x - 5) / 2) with numbers that 'summary' tells.",
        "cut" or "ifelse" => $"{function} is not understood. Make the column in a session by the step 'derive' or 'recode'.",
        "interaction" => "interaction is not understood. Write a:b.",
        "log1p" => "log1p is not understood. Write log(x + 1).",
        "as.numeric" or "as.integer" => $"{function} is not understood: a column of numbers stands as it is.",
        "C" => "C is not understood: factors have treatment contrasts. Write relevel(x, ref = \"b\") to compare with another level.",
        "strata" => "strata stands alone, joined by '+', in the formula of a time: Surv(time, status) ~ x + strata(site).",
        "cluster" => "cluster is not understood: there are no robust errors.",
        "frailty" or "tt" => $"{function} is not understood: there are neither random effects nor coefficients that change in time.",
        "Surv" => "Surv is an outcome of survival analyses: kaplan-meier, logrank and cox.",
        _ => $"there is no function '{function}'. There are: {Known}.",
    };
}
