using Vantage.NodeAgent.Trust;
using Vantage.Protocol.Api;
using Vantage.Protocol.Json;
using Vantage.Protocol.Statements;

namespace Vantage.NodeAgent.Link.SignIn;

/// <summary>Proves who this node is: its key signs the Coordinator's challenge, for this Coordinator's address only.</summary>
internal static class NodeSignInCall
{
    public static async Task<NodeSession> SendAsync(
        RestLine rest, NodeSelf self, Uri coordinator, TimeProvider time, CancellationToken cancellationToken)
    {
        var challenge = await rest.PostAsync(Routes.NodeSignInChallenge, new SignInChallengeRequest(self.Node),
            ProtocolJson.Default.SignInChallengeRequest, ProtocolJson.Default.SignInChallenge, cancellationToken);
        var statement = new SignInStatement
        {
            V = 1,
            Node = self.Node,
            Challenge = challenge.Challenge,
            Audience = AudienceOf(coordinator),
            IssuedAt = time.GetUtcNow(),
        };
        var response = SignInStatement.Sign(statement, self.SigningKey, self.Chain);
        return await rest.PostAsync(Routes.NodeSignIn, new NodeSignIn(response),
            ProtocolJson.Default.NodeSignIn, ProtocolJson.Default.NodeSession, cancellationToken);
    }

    /// <summary>The address this node calls the Coordinator by, without a slash at the end.</summary>
    internal static string AudienceOf(Uri coordinator) => coordinator.AbsoluteUri.TrimEnd('/');
}
