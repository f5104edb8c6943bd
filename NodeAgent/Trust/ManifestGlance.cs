using Vantage.Protocol.Json;
using Vantage.Protocol.Manifests;
using Vantage.Protocol.Signatures;

namespace Vantage.NodeAgent.Trust;

/// <summary>
/// Reads a manifest without believing it: to know until when to remember its run, and whom a refusal would have to
/// reach. Nothing is done because of what it says.
/// </summary>
internal static class ManifestGlance
{
    public static TaskManifest? Read(string jws)
    {
        try
        {
            return SignedDocument.ReadUnverified(jws, SignedJson.Default.TaskManifest);
        }
        catch (SignatureException)
        {
            return null;
        }
    }
}
