using System.Text.RegularExpressions;

namespace Vantage.Coordinator.Accounts.SingleSignOn.Flow;

/// <summary>
/// Where a program on the person's own machine waits for the answer (RFC 8252, 7.3): the loopback address as a number,
/// any port, one path. Compared as text: whatever a browser might read differently is no such address.
/// </summary>
internal static partial class LoopbackAddress
{
    public static bool IsFit(string? text) =>
        text is not null && Form().Match(text) is { Success: true } match && int.Parse(match.Groups["port"].ValueSpan) is > 0 and <= 65535;

    [GeneratedRegex(@"\Ahttp://(127\.0\.0\.1|\[::1\]):(?<port>[1-9][0-9]{0,4})/vantage\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
