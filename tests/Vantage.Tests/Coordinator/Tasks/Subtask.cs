using Vantage.Protocol.Api;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Json;
using Vantage.Protocol.Manifests;
using Vantage.Protocol.Signatures;
using Vantage.Tests.Coordinator.Hosting;

namespace Vantage.Tests.Coordinator.Tasks;

/// <summary>A central task at the first hospital's node, which may ask both nodes; and what that node asks.</summary>
internal sealed class Subtask(Partnership partners, Question parent)
{
    public Question Parent => parent;

    private Site Delegate => partners.Sites[0];

    /// <summary>Signed by the researcher; not submitted.</summary>
    public static Subtask Of(Partnership partners, int maxTasks = 100) => new(partners, Question.Of(partners, partners.Ada, [partners.Sites[0]],
        manifest => manifest with
        {
            Function = "central",
            Delegation = new Delegation
            {
                DelegateKey = partners.Sites[0].Signing.KeyId,
                Algorithm = manifest.Algorithm,
                Functions = ["partial"],
                Targets = [.. partners.Sites.Select(site => new DelegationTarget(site.Organization, site.Node, site.Encryption.KeyId))],
                Data = [new DataRef { Label = "table", Kind = DataKind.Source, Id = "patients" }],
                MaxTasks = maxTasks,
                NotAfter = manifest.NotAfter,
            },
        }));

    /// <summary>The same, submitted and claimed by the delegate's node.</summary>
    public static async Task<(Subtask World, ClaimedRun Claim)> RunningAsync(Partnership partners, int maxTasks = 100)
    {
        var world = Of(partners, maxTasks);
        await world.Parent.SubmitAsync(partners);
        await using var line = await partners.Sites[0].ConnectAsync();
        await line.ReconcileAsync();
        return (world, Assert.Single(await line.ClaimAsync()));
    }

    /// <summary>What the delegate asks of the other node: signed by it, unless somebody else does.</summary>
    public async Task<Question> AskAsync(Func<TaskManifest, TaskManifest>? change = null, Site? signer = null)
    {
        var recipient = await RecipientAsync(signer ?? Delegate);
        var asked = Question.Of(partners, partners.Ada, [partners.Sites[1]], manifest =>
        {
            var within = manifest with
            {
                Job = Parent.Manifest.Job,
                Data = Parent.Manifest.Delegation!.Data,
                Recipients = [recipient],
                Parent = new ManifestParent(Parent.Id, Digest.OfText(Parent.Jws)),
                NotBefore = Parent.Manifest.NotBefore,
                NotAfter = Parent.Manifest.NotAfter,
            };
            return change?.Invoke(within) ?? within;
        });
        return asked with { Jws = Sign(asked.Manifest, signer ?? Delegate) };
    }

    public SubmitTask Body(Question subtask) => new(subtask.Jws, subtask.Inputs, Parent.Jws);

    private static string Sign(TaskManifest manifest, Site signer) =>
        SignedDocument.Sign(manifest, TaskManifest.JwsType, SignedJson.Default.TaskManifest, signer.Signing, signer.Chain);

    private async Task<ManifestRecipient> RecipientAsync(Site site)
    {
        var hospital = site.Organization == partners.Asking.Id ? partners.Asking : partners.Asked;
        var node = await hospital.Admin.GetAsync<Node>($"{Routes.Nodes}/{site.Node}");
        return new ManifestRecipient
        {
            Organization = site.Organization,
            Principal = site.Node.ToString(),
            Key = site.Encryption.KeyId,
            Certificate = node.EncryptionCertificate!,
        };
    }
}
