using System.Text.RegularExpressions;
using Vantage.Coordinator.Accounts.ServiceAccounts;
using Vantage.Coordinator.Accounts.SingleSignOn.Providers;

namespace Vantage.Coordinator.Accounts.SingleSignOn;

/// <summary>The identity providers whose people may sign in, each by the short name that stands in its addresses.</summary>
/// <remarks>Properties have setters, since generated JSON readers overwrite the defaults of <c>init</c> ones with nothing.</remarks>
internal sealed partial record SignOnSettings
{
    public Dictionary<string, ProviderSettings> Providers { get; set; } = [];

    /// <summary>The provider by whose access tokens programs work.</summary>
    public ServiceSettings Services { get; set; } = new();

    public IEnumerable<string> Check()
    {
        foreach (var broken in Services.Check())
            yield return broken;
        foreach (var (name, provider) in Providers)
        {
            if (!Name().IsMatch(name))
                yield return $"signOn.providers: '{name}' is not a name: a letter, then up to 30 of a–z, 0–9 and '-'.";
            foreach (var broken in provider.Check($"signOn.providers.{name}"))
                yield return broken;
        }
    }

    [GeneratedRegex("^[a-z][a-z0-9-]{0,30}$")]
    private static partial Regex Name();
}
