using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Hosting.Yaml;
using Vantage.NodeAgent.Policy;
using Vantage.NodeAgent.Policy.Reading;

namespace Vantage.NodeAgent.Data.Desk;

/// <summary>
/// In which steps the site's policy lets counts of a source be told: the widest of all rules that let it be asked about. One row more or
/// less must not show in a catalogue.
/// </summary>
internal static class CountStep
{
    /// <summary>Where no rule says anything.</summary>
    public const int Usual = 10;

    public static int Of(NodeHome home, string source)
    {
        try
        {
            return !File.Exists(home.Policy) ? Usual : Of(PolicyReader.Read(home.Policy, File.ReadAllText(home.Policy)).Accept, source);
        }
        catch (SettingsException)
        {
            // A policy that can't be read accepts nothing, and says nothing of counts.
            return Usual;
        }
    }

    private static int Of(IEnumerable<AcceptRule> rules, string source)
    {
        var own = rules.Where(rule => !rule.Disclosure.IsOff && rule.Data.Any(grant => grant.Source == source))
            .Select(rule => Math.Max(rule.Disclosure.MinimumCell, rule.Disclosure.Rounding)).ToList();
        return own.Count == 0 ? Usual : own.Max();
    }
}
