using System.Globalization;
using Vantage.NodeAgent.Disclosure.Memory;
using Vantage.NodeAgent.Hosting.Yaml;
using Vantage.Protocol.Disclosure;

namespace Vantage.NodeAgent.Policy.Reading;

/// <summary>The <c>disclosure:</c> of a rule: a set of rules by name, or a set of one's own that begins with one by name.</summary>
internal static class DisclosureReader
{
    private static readonly Dictionary<string, DisclosureRules> Presets = new()
    {
        ["acro"] = DisclosureRules.Acro,
        ["datashield"] = DisclosureRules.DataShield,
        ["off"] = DisclosureRules.Off,
    };

    public static (DisclosureRules Rules, MemoryRules Memory) Read(YamlSection rule)
    {
        if (rule.IsSection("disclosure"))
        {
            return Custom(rule.Section("disclosure")!);
        }

        if (!Presets.TryGetValue(rule.Text("disclosure") ?? "acro", out var named))
        {
            rule.Problem("disclosure", "'disclosure' is acro, datashield, or lines of its own such as '{ from: acro, minimumCell: 5 }'.");
        }

        return (named ?? DisclosureRules.Acro, MemoryReader.Preset(named ?? DisclosureRules.Acro));
    }

    private static (DisclosureRules Rules, MemoryRules Memory) Custom(YamlSection section)
    {
        var word = section.Text("from") ?? "acro";
        if (word == "off" || !Presets.TryGetValue(word, out var basis))
        {
            section.Problem("from", "'from' is acro or datashield: what holds for all that is not said here.");
            basis = DisclosureRules.Acro;
        }

        var rules = basis with
        {
            Preset = DisclosurePreset.Custom,
            MinimumCell = section.Number("minimumCell", basis.MinimumCell, 1, 1_000_000),
            ZeroCellsPass = section.Flag("zeroCells", basis.ZeroCellsPass),
            MinimumResidualDegreesOfFreedom = section.Number("residualDf", basis.MinimumResidualDegreesOfFreedom, 0, 1_000_000),
            DominanceCount = section.Number("dominanceCount", basis.DominanceCount, 1, 1000),
            DominanceShare = Share(section, "dominanceShare", basis.DominanceShare),
            PRatio = Share(section, "pRatio", basis.PRatio),
            ParameterShare = Share(section, "parameterShare", basis.ParameterShare),
            LevelsShare = Share(section, "levelsShare", basis.LevelsShare),
            MaximumLevels = section.Number("maximumLevels", basis.MaximumLevels, 2, 100_000),
            MinimumAtRisk = section.Number("minimumAtRisk", basis.MinimumAtRisk, 1, 1_000_000),
            Rounding = section.Number("rounding", basis.Rounding, 1, 1000),
            Digits = section.Number("digits", basis.Digits, 1, 17),
            OutputKiB = section.Number("outputKiB", basis.OutputKiB, 1, 1_000_000),
        };
        var memory = MemoryReader.Read(section, basis, rules);
        section.Done();
        return (rules, memory);
    }

    private static double Share(YamlSection section, string key, double otherwise)
    {
        if (section.Text(key) is not { } text)
        {
            return otherwise;
        }

        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share) && share is >= 0 and <= 1)
        {
            return share;
        }

        section.Problem(key, $"'{key}' is a share from 0 to 1, such as 0.33.");
        return otherwise;
    }
}
