using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Authentication;
using Microsoft.AspNetCore.SignalR;
using Vantage.NodeAgent.Link.Faults;
using Vantage.NodeAgent.Link.Transports;
using Vantage.Protocol.Errors;

namespace Vantage.Tests.NodeAgent.Link;

/// <summary>Every failure is told by its first cause that a person can act on.</summary>
public sealed class LinkLadderTests
{
    private static readonly Uri Coordinator = new("https://vantage.example.org/");
    private static readonly Uri Proxy = new("http://proxy.example.org:3128/");

    public static TheoryData<string, Exception, string, bool, string> Rungs => new()
    {
        { "no name", new HttpRequestException("x", new SocketException((int)SocketError.HostNotFound)), nameof(LinkFaultKind.NameNotFound), false, "'coordinator' in node.yaml" },
        { "refused", new HttpRequestException("x", new SocketException((int)SocketError.ConnectionRefused)), nameof(LinkFaultKind.Unreachable), false, "vantage.example.org:443" },
        { "no answer", new TaskCanceledException("x", new TimeoutException()), nameof(LinkFaultKind.Unreachable), false, "firewall" },
        { "tls", new HttpRequestException("x", new AuthenticationException("RemoteCertificateChainErrors")), nameof(LinkFaultKind.Tls), true, "extraCa" },
        { "407", new HttpRequestException("x", null, HttpStatusCode.ProxyAuthenticationRequired), nameof(LinkFaultKind.ProxyCredentials), true, "proxy.passwordFile" },
        { "407 to an upgrade", new UpgradeRefusedException(HttpStatusCode.ProxyAuthenticationRequired, new IOException()), nameof(LinkFaultKind.ProxyCredentials), true, "proxy.user" },
        { "not certified", Refusal(ErrorCodes.NodeNotCertified), nameof(LinkFaultKind.NotCertified), true, "vantage keys certify" },
        { "revoked", Refusal(ErrorCodes.Forbidden), nameof(LinkFaultKind.NotAccepted), true, "revoked" },
        { "sign-in refused", Refusal(ErrorCodes.ChallengeInvalid), nameof(LinkFaultKind.NotAccepted), true, "challenge-invalid" },
        { "version", new HubException("An error. HubException: protocol-version: none in common."), nameof(LinkFaultKind.ProtocolVersion), true, "update" },
        { "busy", Refusal(ErrorCodes.TooManyRequests), nameof(LinkFaultKind.Overloaded), false, "too-many-requests" },
        { "not a Coordinator", new CoordinatorRefusal(HttpStatusCode.NotFound, "", "x", false), nameof(LinkFaultKind.Overloaded), false, "not as a Coordinator does" },
        { "session ended", new UpgradeRefusedException(HttpStatusCode.Unauthorized, new IOException()), nameof(LinkFaultKind.Cut), false, "signs in anew" },
        { "upgrade refused", new UpgradeRefusedException(HttpStatusCode.Forbidden, new IOException()), nameof(LinkFaultKind.UpgradeRefused), true, "transport: auto" },
        { "cut", new WebSocketException("gone"), nameof(LinkFaultKind.Cut), false, "broke off" },
        { "unknown", new NotSupportedException("odd"), nameof(LinkFaultKind.Unknown), false, "odd" },
    };

    [Theory]
    [MemberData(nameof(Rungs))]
    public void Failure_IsToldByItsKindWithWhatToDo(string what, Exception e, string kind, bool needsPerson, string says)
    {
        var fault = LinkLadder.Explain(e, Coordinator, null);

        Assert.Equal((what, kind, needsPerson), (what, fault.Kind.ToString(), fault.NeedsPerson));
        Assert.Contains(says, fault.Message);
    }

    [Fact]
    public void BehindAProxy_ItIsTheProxyThatIsNamed()
    {
        var refused = LinkLadder.Explain(new HttpRequestException("x", new SocketException((int)SocketError.ConnectionRefused)), Coordinator, Proxy);
        var tunnel = LinkLadder.Explain(new HttpRequestException(HttpRequestError.ProxyTunnelError, "x"), Coordinator, Proxy);

        Assert.Contains("proxy.example.org:3128 ('proxy.url'", refused.Message);
        Assert.Equal(LinkFaultKind.ProxyRefused, tunnel.Kind);
    }

    [Theory]
    [InlineData("An unexpected error occurred invoking 'Claim' on the server. HubException: stale-epoch: a sentence: with colons", "stale-epoch")]
    [InlineData("stale-epoch: a sentence", "stale-epoch")]
    [InlineData("Something went wrong", "")]
    public void HubRefusal_IsReadByItsCode(string message, string code) => Assert.Equal(code, HubRefusal.CodeOf(new HubException(message)));

    private static CoordinatorRefusal Refusal(string code) => new(HttpStatusCode.Forbidden, code, "refused", true);
}
