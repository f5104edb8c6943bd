using System.Text.Json;
using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Runs;
using Vantage.NodeAgent.Trust;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Manifests;
using Vantage.Protocol.Signatures;

namespace Vantage.NodeAgent.Policy.Explaining;

/// <summary>
/// The facts of a signed manifest, taken at its word: whether the signature holds is another question, which a node asks
/// before it asks its policy.
/// </summary>
internal static class SignedQuestion
{
    /// <param name="jws">The manifest.</param>
    /// <param name="parent">For a subtask: the manifest whose delegation it uses.</param>
    public static PolicyFacts Read(string jws, string? parent)
    {
        var manifest = Manifest(jws);
        var signer = Signer(jws);
        return signer.Principal switch
        {
            Principal.User user => PolicyFacts.Of(manifest, new Requester(signer.Organization, user.Id)),
            Principal.Node node when parent is not null => PolicyFacts.Of(manifest, Delegated(signer, node, parent)),
            Principal.Node => throw CommandFailure.Usage(
                "This manifest is a subtask that a node signed: give the manifest it descends from with --parent FILE."),
            _ => throw CommandFailure.Usage("An organization's root signed this manifest; nodes take them from people and nodes only."),
        };
    }

    private static Requester Delegated(Identity signer, Principal.Node node, string parent)
    {
        var person = Signer(parent);
        return person.Principal is Principal.User user
            ? new Requester(person.Organization, user.Id,
                new RunDelegate(signer.Organization, node.Id, Manifest(parent), Digest.OfText(parent)))
            : throw CommandFailure.Usage("The manifest given with --parent was not signed by a person.");
    }

    private static TaskManifest Manifest(string jws) => ManifestGlance.Read(jws)
        ?? throw CommandFailure.Usage("This is no signed manifest: expected three parts of base64url with dots between them.");

    private static Identity Signer(string jws)
    {
        try
        {
            return Certificate.Parse(Jws.Parse(jws).Header.Certificates[0]).Identity;
        }
        catch (Exception e) when (e is SignatureException or CertificateException or JsonException)
        {
            throw CommandFailure.Usage($"The manifest's signer can't be read: {e.Message}");
        }
    }
}
