using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace Vantage.Protocol.Images.Registry;

/// <summary>What a registry says to a request without a token: who gives one, and for which service.</summary>
internal sealed partial record BearerChallenge(Uri Realm, string? Service)
{
    /// <summary>Null where the registry does not ask for a token.</summary>
    public static BearerChallenge? Of(HttpHeaderValueCollection<AuthenticationHeaderValue> challenges)
    {
        var asked = challenges.FirstOrDefault(c => c.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase))?.Parameter;
        if (asked is null)
            return null;
        var values = Parameter().Matches(asked).ToLookup(m => m.Groups["name"].Value, m => m.Groups["value"].Value, StringComparer.OrdinalIgnoreCase);
        return Uri.TryCreate(values["realm"].FirstOrDefault(), UriKind.Absolute, out var realm) ? new(realm, values["service"].FirstOrDefault()) : null;
    }

    [GeneratedRegex("(?<name>[a-z]+)=\"(?<value>[^\"]{0,1024})\"",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Parameter();
}
