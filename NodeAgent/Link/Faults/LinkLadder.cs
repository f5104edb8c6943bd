using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Authentication;
using Microsoft.AspNetCore.SignalR;
using Vantage.NodeAgent.Link.Transports;
using Vantage.Protocol.Errors;

namespace Vantage.NodeAgent.Link.Faults;

/// <summary>
/// Tells what a failure means, first rung that fits: proxy, network, TLS, the Coordinator's no, transient, unknown. Judged
/// by types, statuses and codes, never by message texts. Pure.
/// </summary>
internal static class LinkLadder
{
    public static LinkFault Explain(Exception e, Uri coordinator, Uri? proxy)
    {
        var chain = Chain(e).ToList();
        return chain.OfType<LinkException>().FirstOrDefault()?.Fault
            ?? Proxy(chain, proxy)
            ?? Network(chain, coordinator, proxy)
            ?? Refusal(chain, coordinator)
            ?? Transient(chain, coordinator)
            ?? new LinkFault(LinkFaultKind.Unknown, $"The link to {coordinator} failed unexpectedly: {e.Message}", NeedsPerson: false);
    }

    /// <summary>The session was refused, so another one is needed.</summary>
    public static bool IsUnauthorized(Exception e) => StatusOf(Chain(e)) == HttpStatusCode.Unauthorized;

    private static HttpStatusCode? StatusOf(IEnumerable<Exception> chain) => chain
        .Select(e => e switch
        {
            CoordinatorRefusal refusal => refusal.Status,
            UpgradeRefusedException refused => refused.Status,
            HttpRequestException http => http.StatusCode,
            _ => null,
        })
        .FirstOrDefault(status => status is not null);

    private static LinkFault? Proxy(List<Exception> chain, Uri? proxy)
    {
        if (StatusOf(chain) == HttpStatusCode.ProxyAuthenticationRequired)
        {
            return new(LinkFaultKind.ProxyCredentials,
                $"The proxy {proxy?.ToString() ?? "on the way"} asks who we are (407). Set proxy.user and proxy.passwordFile in node.yaml"
                + " to an account that may use it (Basic or Digest).", NeedsPerson: true);
        }

        return proxy is not null && chain.OfType<HttpRequestException>().Any(h => h.HttpRequestError == HttpRequestError.ProxyTunnelError)
            ? new(LinkFaultKind.ProxyRefused,
                $"The proxy {proxy} (proxy.url in node.yaml) does not let us through to the Coordinator. Ask its admin to allow it.",
                NeedsPerson: true)
            : null;
    }

    private static LinkFault? Network(List<Exception> chain, Uri coordinator, Uri? proxy)
    {
        var (host, setting) = proxy is null ? (coordinator, "coordinator") : (proxy, "proxy.url");
        if (chain.OfType<AuthenticationException>().FirstOrDefault() is { } tls)
        {
            return new(LinkFaultKind.Tls,
                $"The TLS certificate of {coordinator.Host} is not believed: {tls.Message} If your institution inspects TLS or has its "
                + "own authority, set extraCa in node.yaml to its certificate (PEM). Check this machine's clock, too.",
                NeedsPerson: true);
        }

        var error = chain.OfType<SocketException>().FirstOrDefault()?.SocketErrorCode
            ?? (chain.Exists(e => e is TimeoutException) ? SocketError.TimedOut : null);
        return error switch
        {
            SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData => new(LinkFaultKind.NameNotFound,
                $"The name {host.Host} is not known here. Check '{setting}' in node.yaml and this machine's DNS.", NeedsPerson: false),
            SocketError.ConnectionRefused or SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.TimedOut =>
                new(LinkFaultKind.Unreachable,
                    $"Nothing answers at {host.Host}:{host.Port} ('{setting}' in node.yaml). Is it running, and does the firewall let "
                    + "this machine out to it?", NeedsPerson: false),
            _ => null,
        };
    }

    private static LinkFault? Refusal(List<Exception> chain, Uri coordinator)
    {
        var refusal = chain.OfType<CoordinatorRefusal>().FirstOrDefault();
        var code = refusal?.Code ?? chain.OfType<HubException>().Select(HubRefusal.CodeOf).FirstOrDefault();
        return code switch
        {
            ErrorCodes.NodeNotCertified => new(LinkFaultKind.NotCertified,
                "Your organization's admin has not certified this node yet: they compare its fingerprints ('vantage node status --dir DIR' "
                + "shows them) and run 'vantage keys certify --node NODE'.", NeedsPerson: true),
            ErrorCodes.Unauthenticated or ErrorCodes.Forbidden or ErrorCodes.SignatureInvalid or ErrorCodes.CertificateInvalid
                or ErrorCodes.RootMissing or ErrorCodes.ChallengeInvalid => new(LinkFaultKind.NotAccepted,
                    $"The Coordinator {coordinator} does not accept this node ({code}): {chain[0].Message} Your organization's admin sees "
                    + "in 'vantage node show' whether it was revoked.", NeedsPerson: true),
            ErrorCodes.ProtocolVersion => new(LinkFaultKind.ProtocolVersion,
                $"The Coordinator {coordinator} and this node share no protocol version: update the older one.", NeedsPerson: true),
            not null and not "" => new(LinkFaultKind.Overloaded,
                $"The Coordinator {coordinator} refused ({code}): {chain[0].Message}", NeedsPerson: false),
            _ when refusal is not null => new(LinkFaultKind.Overloaded,
                $"{coordinator} answers {(int)refusal.Status}, and not as a Coordinator does. If this stays so, check 'coordinator' in "
                + "node.yaml and what stands in front of it.", NeedsPerson: false),
            _ => Upgrade(chain, coordinator),
        };
    }

    private static LinkFault? Upgrade(List<Exception> chain, Uri coordinator) =>
        chain.OfType<UpgradeRefusedException>().FirstOrDefault() is not { } refused ? null
            : refused.Status == HttpStatusCode.Unauthorized
                ? new(LinkFaultKind.Cut, $"The session with {coordinator} has ended; the node signs in anew.", NeedsPerson: false)
                : new(LinkFaultKind.UpgradeRefused,
                    $"Something between here and {coordinator} refuses WebSockets ({(int)refused.Status}). Set 'transport: auto' in "
                    + "node.yaml, so that the node polls instead.", NeedsPerson: true);

    private static LinkFault? Transient(List<Exception> chain, Uri coordinator) =>
        chain.Exists(e => e is IOException or WebSocketException or TimeoutException or OperationCanceledException
            or HttpRequestException or SocketException or HubException)
            ? new(LinkFaultKind.Cut, $"The link to {coordinator} broke off: {chain[^1].Message}", NeedsPerson: false)
            : null;

    private static IEnumerable<Exception> Chain(Exception e)
    {
        for (var at = e; at is not null; at = at.InnerException)
        {
            yield return at;
        }
    }
}
