using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Hosting.Commands;
using Vantage.NodeAgent.Hosting.Setup;
using Vantage.NodeAgent.Link;
using Vantage.NodeAgent.Link.SignIn;
using Vantage.Protocol.Api;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Json;

namespace Vantage.NodeAgent.Trust.Rotation;

/// <summary>
/// <c>keys rotate</c>: makes new keys beside those in use and asks the organization's admin to certify them. The running node
/// goes on with the old ones and changes over by itself once the certificates are there.
/// </summary>
internal static class RotateVerb
{
    public static NodeVerb Verb { get; } = new("keys rotate",
        "Make new keys and ask to have them certified; the node changes over by itself.", [], RunAsync);

    private static async Task<int> RunAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var home = call.Home;
        var settings = NodeSettings.Load(home);
        var identity = NodeIdentity.Find(home)
            ?? throw CommandFailure.Configuration($"{home.Root} is not enrolled: there is no {home.Identity}. Run 'vantage node setup' first.");
        if (OwnCertificates.Find(home, identity, NodeKeys.Load(home), TimeProvider.System.GetUtcNow()) is not { } self)
        {
            throw new CommandFailure(ExitCodes.Conflict, "This node's first keys have not been certified yet; there is nothing to change.");
        }

        var next = Load(home);
        await AskAsync(settings, self, next, cancellationToken);
        var asked = new RotationAsked(self.Node, Fingerprint.Of(next.Signing.KeyId, next.Encryption.KeyId));
        call.Answer(asked, VerbJson.Default.RotationAsked, text =>
        {
            text.WriteLine("The node has asked to have new keys certified. Tell your organization's admin this fingerprint:");
            text.WriteLine($"    {asked.Fingerprint}");
            text.WriteLine($"They run: vantage keys certify --node {asked.Node} — and the node changes over by itself.");
        });
        return ExitCodes.Ok;
    }

    private static NodeKeys Load(NodeHome home)
    {
        try
        {
            return KeySwitch.LoadOrCreateNext(home);
        }
        catch (KeyFileException e)
        {
            throw CommandFailure.Configuration(e.Message, e);
        }
    }

    private static async Task AskAsync(NodeSettings settings, NodeSelf self, NodeKeys next, CancellationToken cancellationToken)
    {
        using var http = new LinkHttp(settings);
        var rest = new RestLine(http, TimeProvider.System);
        try
        {
            var session = await NodeSignInCall.SendAsync(rest, self, http.Coordinator, TimeProvider.System, cancellationToken);
            using var request = new HttpRequestMessage(HttpMethod.Put, http.Coordinator.At(Routes.NodeKeys));
            request.Headers.Authorization = new System.Net.Http.Headers.AuthenticationHeaderValue("Bearer", session.Token);
            request.Content = JsonContent.Create(
                new RenewNodeKeys(next.SigningRequest().Der.ToArray(), next.EncryptionRequest().Der.ToArray()),
                ProtocolJson.Default.RenewNodeKeys);
            using var answer = await rest.SendAsync(request, TimeSpan.FromSeconds(30), cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            throw SetupRefusal.Of(e, settings);
        }
    }
}

internal sealed record RotationAsked(Protocol.Ids.NodeId Node, string Fingerprint);
