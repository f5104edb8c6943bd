using Vantage.Protocol.Errors;

namespace Vantage.NodeAgent.Hosting;

/// <summary>Where the Coordinator is. Plain http is for one machine: anywhere else it would give the session away.</summary>
internal static class CoordinatorUrl
{
    /// <summary>What is wrong with the address; null if nothing is.</summary>
    public static string? Refusal(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.Host.Length == 0)
        {
            return $"'{text}' is not an address such as https://vantage.example.org.";
        }

        if (url.UserInfo.Length > 0 || url.Query.Length > 0 || url.Fragment.Length > 0)
        {
            return "The Coordinator's address holds no user, query or fragment: secrets never go into an address.";
        }

        return url.Scheme == "http" && !url.IsLoopback
            ? $"Plain http is refused outside this machine, since {url.Host} can be impersonated and listened to. Use https://."
            : null;
    }

    /// <summary>The address with a trailing slash, so that routes append to a path.</summary>
    public static Uri Parse(string text) =>
        Refusal(text) is { } refusal
            ? throw new CommandFailure(ExitCodes.Configuration, refusal)
            : new Uri(text.EndsWith('/') ? text : text + "/");

    /// <summary>A route, which begins with a slash, under the Coordinator's address, which may have a path.</summary>
    public static Uri At(this Uri coordinator, string route) => new(coordinator, route.TrimStart('/'));
}
