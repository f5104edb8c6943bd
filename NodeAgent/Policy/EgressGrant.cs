using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Vantage.NodeAgent.Policy;

/// <summary>One place outside that a run may talk to, if its algorithm asks for it by name.</summary>
/// <param name="Name">What algorithms call it.</param>
/// <param name="Host">A name in lower case, or an address as it is usually written.</param>
/// <param name="Private">The site says that this very place lies in its own network.</param>
internal sealed record EgressGrant(string Name, string Host, int Port, bool Private)
{
    /// <summary>The one spelling by which it can be asked for.</summary>
    public string Authority => string.Create(CultureInfo.InvariantCulture, $"{Bracketed}:{Port}");

    public string Bracketed => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host;

    /// <summary>
    /// Names that a resolver can take for nothing but a name, and addresses in one spelling: what ends in a number is read
    /// as an address by some and as a name by others (<c>0x7f.1</c>, <c>2130706433</c>, <c>127.1</c>).
    /// </summary>
    public static bool IsHost(string text) => IPAddress.TryParse(text, out var address) ? IsCanonical(address, text) : IsName(text);

    private static bool IsCanonical(IPAddress address, string text) => address.ToString() == text
        && (address.AddressFamily == AddressFamily.InterNetwork || (!address.IsIPv4MappedToIPv6 && address.ScopeId == 0));

    private static bool IsName(string text)
    {
        var labels = text.Split('.');
        return text.Length is > 0 and <= 253
            && labels.All(label => label.Length is > 0 and <= 63 && label[0] != '-' && label[^1] != '-'
                && label.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-'))
            && labels[^1].Any(c => c is >= 'a' and <= 'z') && !labels[^1].StartsWith("0x", StringComparison.Ordinal);
    }
}
