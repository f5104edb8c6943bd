using Vantage.Protocol.Ids;
using Vantage.Protocol.Manifests;

namespace Vantage.NodeAgent.Runtimes.Warm;

/// <summary>
/// Whose a warm worker is. Two calls meet in one worker only if all of this is the same: what one leaves in its memory, the
/// next might tell. The node is not part of it, since a worker never leaves its node.
/// </summary>
/// <param name="Delegate">The node that signed, where it was none of the requester's own.</param>
/// <param name="Readers">Who can read what comes of it.</param>
/// <param name="Algorithm">As the task names it.</param>
/// <param name="Code">What is really started.</param>
/// <param name="Data">The content of each table and the columns that are seen of it.</param>
/// <param name="Sandbox">What confines it.</param>
/// <param name="Policy">The version of the site's policy, and the rule that decided: whoever changes it changes it for all.</param>
internal sealed record WarmIdentity(
    CollaborationId Collaboration,
    JobId Job,
    OrganizationId Organization,
    UserId User,
    NodeId? Delegate,
    string Readers,
    AlgorithmRef Algorithm,
    RuntimeCode Code,
    string Data,
    string Sandbox,
    string Policy)
{
    /// <summary>Texts as one, so that no two lists give the same.</summary>
    public static string Join(params IEnumerable<string?> parts) =>
        string.Concat(parts.Select(part => part is null ? "-;" : $"{part.Length}:{part};"));
}
