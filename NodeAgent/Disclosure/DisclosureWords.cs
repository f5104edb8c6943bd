using System.Globalization;
using Vantage.NodeAgent.Disclosure.Memory;
using Vantage.Protocol.Disclosure;
using Vantage.Protocol.Json;

namespace Vantage.NodeAgent.Disclosure;

/// <summary>Rules in one line, for admins and receipts.</summary>
internal static class DisclosureWords
{
    public static string Of(DisclosureRules rules, MemoryRules memory) => Of(rules) + (memory.Differencing == 0 ? "" : string.Create(CultureInfo.InvariantCulture,
        $", differencing {memory.Differencing} rows{(memory.CompleteCases ? " of complete cases" : "")}{(memory.OnDifference == OnDifference.Ask ? ", or a person" : "")}"))
        + (memory.AnswersPerDay == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {memory.AnswersPerDay} answers a day"))
        + (memory.BytesPerDay == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {memory.BytesPerDay} bytes a day"));

    private static string Of(DisclosureRules rules) => rules.IsOff
        ? "off"
        : string.Create(CultureInfo.InvariantCulture,
            $"{rules.Preset.ToExactName()}: cells {rules.MinimumCell}{(rules.ZeroCellsPass ? " or none" : "")}, residual df {rules.MinimumResidualDegreesOfFreedom}, parameters {rules.ParameterShare} of rows, dominance {rules.DominanceCount} of {rules.DominanceShare}, p-ratio {rules.PRatio}, levels {rules.MaximumLevels}, at risk {rules.MinimumAtRisk}");
}
