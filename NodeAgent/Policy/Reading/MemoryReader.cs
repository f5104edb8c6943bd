using Vantage.NodeAgent.Disclosure.Memory;
using Vantage.NodeAgent.Hosting.Yaml;
using Vantage.Protocol.Disclosure;

namespace Vantage.NodeAgent.Policy.Reading;

/// <summary>Those lines of <c>disclosure:</c> that are about answers which left before.</summary>
internal static class MemoryReader
{
    /// <summary>DataSHIELD's servers compare no rows.</summary>
    public static MemoryRules Preset(DisclosureRules rules) => rules.Preset == DisclosurePreset.Acro ? MemoryRules.Acro
        : MemoryRules.None with { Cells = rules.IsOff ? null : rules };

    /// <param name="section">The lines.</param>
    /// <param name="basis">The preset that they begin with.</param>
    /// <param name="rules">What the other lines say.</param>
    public static MemoryRules Read(YamlSection section, DisclosureRules basis, DisclosureRules rules) => new()
    {
        Differencing = section.Number("differencing",
            Preset(basis).Differencing == 0 ? 0 : Math.Min(rules.MinimumCell, MemoryRules.LargestDifferencing), 0, MemoryRules.LargestDifferencing),
        CompleteCases = section.Flag("completeCases", false),
        OnDifference = RuleLists.Word(section, "onDifference", OnDifference.Refuse, ("ask", OnDifference.Ask)),
        AnswersPerDay = section.Number("answersPerDay", 0, 0, int.MaxValue),
        BytesPerDay = section.Number("bytesPerDay", 0, 0, int.MaxValue),
        Cells = rules,
    };
}
