using System.Buffers.Text;
using System.Security.Cryptography;
using Vantage.NodeAgent.Runs;
using Vantage.NodeAgent.Trust;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;
using Vantage.Protocol.Manifests;
using Vantage.Protocol.Signatures;

namespace Vantage.NodeAgent.Subtasks;

/// <param name="Inputs">One for each target, in their order.</param>
internal sealed record SignedSubtask(TaskManifest Manifest, string Jws, IReadOnlyList<byte[]> Inputs)
{
    public Digest Digest { get; } = Digest.OfText(Jws);
}

/// <summary>
/// Writes and signs what a central function asks. The function chooses a delegated function and its arguments, nothing
/// else; the result is held against the delegation once more before this node puts its key to it.
/// </summary>
internal sealed class SubtaskWriter(NodeSelf self, RunOrder order, IReadOnlyList<SealableSite> sites, SubtaskIds ids)
{
    /// <summary>For some of the sites, by their places.</summary>
    public SubtaskWriter Among(IReadOnlyList<int> places) => new(self, order, [.. places.Select(place => sites[place])], ids);

    /// <param name="id">Derived from what is asked.</param>
    /// <param name="function">As the central function says.</param>
    /// <param name="arguments">One JSON value in UTF-8.</param>
    /// <param name="earlier">How many other subtasks of this run were asked before.</param>
    /// <exception cref="SubtaskRefusal">It is not within the delegation.</exception>
    public SignedSubtask Write(TaskId id, string function, ReadOnlySpan<byte> arguments, int earlier)
    {
        var inputs = new List<byte[]>();
        foreach (var site in sites)
        {
            var context = new EnvelopeContext(order.Manifest.Collaboration, id, ids.Run(id, site.Site.Target.Node), PayloadKind.Input);
            inputs.Add(Envelope.Seal(arguments, context, [site.Key]));
        }

        var manifest = Manifest(id, function, inputs);
        var broken = ManifestRules.Check(manifest)
            .Concat(DelegationRules.Check(order.Manifest, order.ManifestDigest, manifest, self.SigningKeyId, earlier))
            .ToList();
        if (broken.Count > 0 || !DelegationRules.IsForDelegateAlone(self.Organization, self.Node, manifest))
        {
            throw SubtaskRefusal.Beyond(broken);
        }

        var jws = SignedDocument.Sign(manifest, TaskManifest.JwsType, SignedJson.Default.TaskManifest, self.SigningKey, self.Chain);
        return new SignedSubtask(manifest, jws, inputs);
    }

    private TaskManifest Manifest(TaskId id, string function, List<byte[]> inputs)
    {
        var parent = order.Manifest;
        var given = parent.Delegation!;
        return new TaskManifest
        {
            V = 1,
            Task = id,
            Job = parent.Job,
            Collaboration = parent.Collaboration,
            Study = parent.Study,
            Type = parent.Type,
            Algorithm = given.Algorithm,
            Function = function,
            Targets = [.. sites.Zip(inputs, (site, input) => Target(id, site.Site.Target, input))],
            Data = given.Data,
            Session = parent.Session,
            Resources = parent.Resources,
            Recipients = [Recipient()],
            LostNode = parent.LostNode,
            Purpose = parent.Purpose,
            ProjectCode = parent.ProjectCode,
            Parent = new ManifestParent(parent.Task, order.ManifestDigest),
            NotBefore = parent.NotBefore,
            NotAfter = given.NotAfter,
            Nonce = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)),
        };
    }

    private ManifestTarget Target(TaskId id, DelegationTarget target, byte[] input) => new()
    {
        Organization = target.Organization,
        Run = ids.Run(id, target.Node),
        Node = target.Node,
        EncryptionKey = target.EncryptionKey,
        Input = new PayloadRef(Digest.Of(input), input.Length),
    };

    private ManifestRecipient Recipient() => new()
    {
        Organization = self.Organization,
        Principal = self.Node.ToString(),
        Key = self.EncryptionKeyId,
        Certificate = self.EncryptionCertificate.Der.ToArray(),
    };
}
