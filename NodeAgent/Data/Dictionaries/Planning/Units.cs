namespace Vantage.NodeAgent.Data.Dictionaries.Planning;

/// <summary>
/// Conversions between units that mean the same whatever is measured. One between mass and amount of substance is none of
/// them: it differs from substance to substance, and the site says its factor.
/// </summary>
internal static class Units
{
    /// <summary>By UCUM code: the dimension, and what makes its base unit of a number: times the factor, plus the offset.</summary>
    private static readonly Dictionary<string, (string Of, double Factor, double Offset)> Known = new(StringComparer.Ordinal)
    {
        ["kg"] = ("mass", 1, 0), ["g"] = ("mass", 1e-3, 0), ["mg"] = ("mass", 1e-6, 0), ["ug"] = ("mass", 1e-9, 0), ["[lb_av]"] = ("mass", 0.45359237, 0),
        ["m"] = ("length", 1, 0), ["dm"] = ("length", 0.1, 0), ["cm"] = ("length", 0.01, 0), ["mm"] = ("length", 1e-3, 0), ["[in_i]"] = ("length", 0.0254, 0), ["[ft_i]"] = ("length", 0.3048, 0),
        ["K"] = ("temperature", 1, 0), ["Cel"] = ("temperature", 1, 273.15), ["[degF]"] = ("temperature", 5.0 / 9, 459.67 * 5 / 9),
        ["s"] = ("time", 1, 0), ["min"] = ("time", 60, 0), ["h"] = ("time", 3600, 0), ["d"] = ("time", 86400, 0), ["wk"] = ("time", 604800, 0), ["a"] = ("time", 31557600, 0), ["mo"] = ("time", 2629800, 0),
        ["L"] = ("volume", 1, 0), ["dL"] = ("volume", 0.1, 0), ["mL"] = ("volume", 1e-3, 0), ["uL"] = ("volume", 1e-6, 0),
        ["Pa"] = ("pressure", 1, 0), ["kPa"] = ("pressure", 1e3, 0), ["mm[Hg]"] = ("pressure", 133.322, 0), ["bar"] = ("pressure", 1e5, 0),
        ["g/L"] = ("mass concentration", 1, 0), ["g/dL"] = ("mass concentration", 10, 0), ["mg/dL"] = ("mass concentration", 0.01, 0), ["mg/L"] = ("mass concentration", 1e-3, 0),
        ["ug/L"] = ("mass concentration", 1e-6, 0), ["ng/mL"] = ("mass concentration", 1e-6, 0), ["ug/mL"] = ("mass concentration", 1e-3, 0), ["ng/L"] = ("mass concentration", 1e-9, 0), ["pg/mL"] = ("mass concentration", 1e-9, 0),
        ["mol/L"] = ("amount concentration", 1, 0), ["mmol/L"] = ("amount concentration", 1e-3, 0), ["umol/L"] = ("amount concentration", 1e-6, 0), ["nmol/L"] = ("amount concentration", 1e-9, 0), ["pmol/L"] = ("amount concentration", 1e-12, 0),
        ["1"] = ("ratio", 1, 0), ["%"] = ("ratio", 0.01, 0),
        ["10*9/L"] = ("count concentration", 1, 0), ["10*12/L"] = ("count concentration", 1e3, 0), ["10*3/uL"] = ("count concentration", 1, 0), ["10*6/uL"] = ("count concentration", 1e3, 0), ["/uL"] = ("count concentration", 1e-3, 0),
    };

    /// <summary>What makes the one of the other; null where it has to be said.</summary>
    public static (double Factor, double Offset)? Between(string from, string to) =>
        from == to ? (1, 0)
        : Known.TryGetValue(from, out var a) && Known.TryGetValue(to, out var b) && a.Of == b.Of ? (a.Factor / b.Factor, (a.Offset - b.Offset) / b.Factor)
        : null;

    /// <summary>Why there is no conversion, and what to do.</summary>
    public static string Absence(string from, string to) =>
        Known.TryGetValue(from, out var a) && Known.TryGetValue(to, out var b)
        && (a.Of, b.Of) is ("mass concentration", "amount concentration") or ("amount concentration", "mass concentration")
            ? $"{from} into {to} depends on the substance: say its 'factor', the dictionary's number for 1 {from}."
            : $"no conversion of {from} into {to} is known here: say its 'factor', and its 'offset' if there is one.";
}
