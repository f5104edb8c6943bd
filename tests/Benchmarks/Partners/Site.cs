using Vantage.Benchmarks.Wire;
using Vantage.Protocol.Api;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Statements;

namespace Vantage.Benchmarks.Partners;

/// <summary>A node that has signed in.</summary>
internal sealed record Site(Uri Url, OrganizationId Organization, NodeId Node, string Token, SigningKey Signing, EncryptionKey Encryption,
    CertificateChain Chain)
{
    public static async Task<Site> SignInAsync(
        Uri url, OrganizationId organization, NodeId node, SigningKey signing, EncryptionKey encryption, CertificateChain chain)
    {
        using var anyone = new AdminApi(url);
        var challenge = await anyone.PostAsync<SignInChallengeRequest, SignInChallenge>(Routes.NodeSignInChallenge, new(node));
        var answer = SignInStatement.Sign(new SignInStatement
        {
            V = 1,
            Node = node,
            Challenge = challenge.Challenge,
            Audience = url.ToString().TrimEnd('/'),
            IssuedAt = TimeProvider.System.GetUtcNow(),
        }, signing, chain);
        var session = await anyone.PostAsync<NodeSignIn, NodeSession>(Routes.NodeSignIn, new(answer));
        return new Site(url, organization, node, session.Token, signing, encryption, chain);
    }

    /// <summary>A link on which Hello, the inventory and a first heartbeat were said: it may claim.</summary>
    public async Task<HubSocket> ConnectAsync(CancellationToken cancellationToken)
    {
        var hub = await HubSocket.ConnectAsync(Url, Token, cancellationToken);
        await hub.HelloAsync(cancellationToken);
        await hub.CallAsync(Beats.Empty, cancellationToken);
        return hub;
    }
}
