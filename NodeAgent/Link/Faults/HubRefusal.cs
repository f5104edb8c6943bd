using Microsoft.AspNetCore.SignalR;

namespace Vantage.NodeAgent.Link.Faults;

/// <summary>
/// Reads the code of a refused hub call. Hubs have no problem+json: the text a caller gets ends with
/// <c>HubException: code: sentence</c>.
/// </summary>
internal static class HubRefusal
{
    private const string Marker = "HubException: ";

    public static string CodeOf(HubException e)
    {
        var at = e.Message.LastIndexOf(Marker, StringComparison.Ordinal);
        var text = at < 0 ? e.Message : e.Message[(at + Marker.Length)..];
        var code = text.Split(':', 2)[0];
        return code.Length is > 0 and <= 64 && code.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') ? code : "";
    }
}
