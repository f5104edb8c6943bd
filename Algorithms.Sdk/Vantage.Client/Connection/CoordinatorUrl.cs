using System.Net;
using Vantage.Client.Errors;

namespace Vantage.Client.Connection;

/// <summary>Which urls a Coordinator may be reached under.</summary>
public static class CoordinatorUrl
{
    /// <summary>Reads what a person typed; throws <see cref="VantageException"/> with what is wrong about it.</summary>
    public static Uri Parse(string text) =>
        Uri.TryCreate(text.Trim(), UriKind.Absolute, out var url)
            ? Check(url)
            : throw new VantageException(ClientErrorCodes.InsecureUrl, $"'{text}' is not a url.",
                "Write it whole, such as https://vantage.example.org or http://127.0.0.1:8080.");

    /// <summary>
    /// The url with a path that ends in '/', so that routes can be appended. Refuses plain http to another machine,
    /// other schemes, and urls with a user, a query or a fragment.
    /// </summary>
    public static Uri Check(Uri url)
    {
        if (url.Scheme is not ("http" or "https"))
        {
            throw new VantageException(ClientErrorCodes.InsecureUrl,
                $"{url.Scheme}:// is no way to reach a Coordinator.",
                "Use https:// (or http:// on this machine).");
        }

        if (url.Scheme == "http" && !IsLoopback(url))
        {
            throw new VantageException(ClientErrorCodes.InsecureUrl,
                $"{url} is plain http to another machine: anyone on the way could read the token.",
                "Use https://. Plain http works for 127.0.0.1, ::1 and localhost only.");
        }

        if (url.UserInfo.Length > 0 || url.Query.Length > 0 || url.Fragment.Length > 0)
        {
            throw new VantageException(ClientErrorCodes.InsecureUrl,
                "The Coordinator's url must have no user, query or fragment.", "Credentials go into a token file.");
        }

        return url.AbsolutePath.EndsWith('/') ? url : new UriBuilder(url) { Path = url.AbsolutePath + "/" }.Uri;
    }

    private static bool IsLoopback(Uri url) =>
        url.IdnHost == "localhost" || (IPAddress.TryParse(url.IdnHost, out var address)
            && IPAddress.IsLoopback(address));
}
