using Vantage.Protocol.Disclosure;

namespace Statistics.Tests.Survival;

/// <summary>Disclosure rules by name.</summary>
internal static class Presets
{
    public static DisclosureRules Of(string name) => name switch
    {
        "off" => DisclosureRules.Off,
        "datashield" => DisclosureRules.DataShield,
        "acro" => DisclosureRules.Acro,
        "custom" => DisclosureRules.DataShield with { Preset = DisclosurePreset.Custom, MinimumCell = 5 },
        "rounded" => DisclosureRules.DataShield with { Preset = DisclosurePreset.Custom, MinimumCell = 5, Rounding = 5 },
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };
}
