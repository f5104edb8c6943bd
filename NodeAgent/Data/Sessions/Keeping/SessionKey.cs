using Vantage.NodeAgent.Runs;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Manifests;

namespace Vantage.NodeAgent.Data.Sessions.Keeping;

/// <summary>Whose frames: those of one session of one organization's people in one collaboration. Nobody else finds them.</summary>
internal sealed record SessionKey(CollaborationId Collaboration, OrganizationId Organization, string Session)
{
    /// <summary>Null where the task names no session.</summary>
    public static SessionKey? Of(TaskManifest manifest, Requester requester) =>
        manifest.Session is { } session ? new(manifest.Collaboration, requester.Organization, session) : null;

    /// <summary>Of its folder: no text of a request is part of a path.</summary>
    public string Folder => Digest.OfText($"{Collaboration}\n{Organization}\n{Session}").ToHex()[..32];
}
