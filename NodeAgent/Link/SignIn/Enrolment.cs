using Vantage.NodeAgent.Trust;
using Vantage.Protocol.Api;
using Vantage.Protocol.Json;

namespace Vantage.NodeAgent.Link.SignIn;

/// <summary>Sends the certificate requests with the one-time code; asked again, tells whether they were certified.</summary>
internal static class Enrolment
{
    public static Task<EnrolledNode> SendAsync(RestLine rest, string code, NodeKeys keys, CancellationToken cancellationToken) =>
        rest.PostAsync(
            Routes.NodeEnrolment,
            new EnrolNode(code, keys.SigningRequest().Der.ToArray(), keys.EncryptionRequest().Der.ToArray()),
            ProtocolJson.Default.EnrolNode,
            ProtocolJson.Default.EnrolledNode,
            cancellationToken);
}
