using System.Net;

namespace Vantage.Coordinator.Hosting;

/// <summary>Where the Coordinator listens, and what it is called by those who connect.</summary>
internal sealed record ListenSettings
{
    /// <summary>Addresses to listen on. Port 0 takes a free one.</summary>
    public IReadOnlyList<Uri> Urls { get; init; } = [new("http://127.0.0.1:8080")];

    /// <summary>
    /// How clients and nodes reach it, such as <c>https://vantage.example.org</c>. Nodes sign their sign-in for exactly
    /// this address: with a wrong one they can't sign in. Absent: the first address it listens on.
    /// </summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>PEM file with the TLS certificate and its intermediates; needed for https addresses.</summary>
    public string? Certificate { get; init; }

    /// <summary>PEM file with the certificate's private key; absent when it is in the same file.</summary>
    public string? CertificateKey { get; init; }

    /// <summary>
    /// TLS ends at a proxy in front: then plain http is listened on beyond this machine, and the proxy's
    /// <c>X-Forwarded-For</c> is believed. Only the proxy may be able to reach the port.
    /// </summary>
    public bool BehindTlsProxy { get; init; }

    public IEnumerable<string> Check()
    {
        if (Urls.Count == 0)
            yield return "urls: give at least one address, such as http://127.0.0.1:8080.";
        foreach (var url in Urls)
        {
            if (url.Scheme is not ("http" or "https"))
                yield return $"urls: {url} is neither http nor https.";
            else if (url.AbsolutePath != "/" || url.Query.Length > 0 || url.UserInfo.Length > 0)
                yield return $"urls: {url} must be a scheme, an address and a port only.";
            else if (!IsLoopback(url) && !IPAddress.TryParse(url.IdnHost.Trim('[', ']'), out _))
                yield return $"urls: {url} names a host. Listen on an address: 0.0.0.0 and [::] stand for all of this machine's.";
            else if (url.Scheme == "http" && !IsLoopback(url) && !BehindTlsProxy)
                yield return $"urls: {url} would send tokens in clear over the network. Listen on https with --certificate FILE, or, if TLS "
                    + "ends at a proxy in front, say so with --behind-tls-proxy.";
            if (url.Scheme == "https" && Certificate is null)
                yield return $"certificate: {url} needs a TLS certificate. Give it with --certificate FILE (PEM).";
        }

        if (PublicUrl is { } own && (own.Scheme is not ("http" or "https") || own.Query.Length > 0 || own.Fragment.Length > 0 || own.UserInfo.Length > 0))
            yield return $"publicUrl: {own} must be http(s)://host[:port][/path].";
        foreach (var (name, file) in new[] { ("certificate", Certificate), ("certificateKey", CertificateKey) })
        {
            if (file is not null && !File.Exists(file))
                yield return $"{name}: there is no file {file}.";
        }
    }

    internal static bool IsLoopback(Uri url) =>
        url.IdnHost == "localhost" || (IPAddress.TryParse(url.IdnHost.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
