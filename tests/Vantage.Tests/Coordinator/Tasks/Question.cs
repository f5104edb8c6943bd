using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Vantage.Protocol.Api;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;
using Vantage.Protocol.Lifecycles;
using Vantage.Protocol.Manifests;
using Vantage.Protocol.Receipts;
using Vantage.Protocol.Signatures;
using Vantage.Tests.Coordinator.Hosting;

namespace Vantage.Tests.Coordinator.Tasks;

/// <summary>A signed task with its sealed inputs, as a client would send it, and what a node would answer.</summary>
internal sealed record Question(TaskManifest Manifest, string Jws, IReadOnlyList<InlinePayload> Inputs)
{
    private static readonly AlgorithmRef Summary = AlgorithmRef.Builtin("summary", "1", Digest.OfText("summary").ToString());

    public TaskId Id => Manifest.Task;

    public RunId Run => Manifest.Targets[0].Run;

    public string Path => $"{Routes.Tasks}/{Id}";

    public SubmitTask Body => new(Jws, Inputs);

    public static Question Of(Partnership partners, params IReadOnlyList<Site> sites) =>
        Of(partners, partners.Ada, sites, manifest => manifest);

    public static Question Of(Partnership partners, Person signer, IReadOnlyList<Site> sites, Func<TaskManifest, TaskManifest> change)
    {
        var now = partners.Coordinator.Time.GetUtcNow();
        var task = TaskId.New(TimeProvider.System);
        var inputs = new List<InlinePayload>();
        var manifest = change(new TaskManifest
        {
            V = 1,
            Task = task,
            Job = JobId.New(TimeProvider.System),
            Collaboration = partners.Collaboration,
            Type = TaskType.Analysis,
            Algorithm = Summary,
            Function = "partial",
            Targets = [.. sites.Select(site => Target(partners.Collaboration, task, site, inputs))],
            Data = [],
            Resources = new ResourceRequest(),
            Recipients = [Recipient(signer)],
            LostNode = LostNodePolicy.Wait,
            NotBefore = now.AddMinutes(-1),
            NotAfter = now.AddHours(1),
            Nonce = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)),
        });
        return new Question(manifest, Sign(manifest, signer), inputs);
    }

    public static string Sign(TaskManifest manifest, Person signer) =>
        SignedDocument.Sign(manifest, TaskManifest.JwsType, SignedJson.Default.TaskManifest, signer.Signing, signer.Chain);

    /// <summary>Submitted by the researcher, and stored.</summary>
    public async Task<TaskView> SubmitAsync(Partnership partners) => await partners.Ada.Http.PutAsync<TaskView>(Path, Body);

    /// <summary>A sealed payload as the node of a claim would make it.</summary>
    public byte[] Seal(ClaimedRun claim, Site site, PayloadKind kind, Person reader, string text) => Envelope.Seal(
        Encoding.UTF8.GetBytes(text),
        new EnvelopeContext(Manifest.Collaboration, Id, claim.Run, kind, claim.Epoch, site.Signing.KeyId),
        [reader.Encryption.PublicKey]);

    /// <summary>The end of a claimed run: a small sealed result, or a failure without one.</summary>
    public CommitRequest End(ClaimedRun claim, Site site, Person reader, RunOutcome outcome = RunOutcome.Succeeded,
        Func<OuterReceipt, OuterReceipt>? change = null)
    {
        var kind = outcome == RunOutcome.Succeeded ? PayloadKind.Result : PayloadKind.Error;
        var bytes = Seal(claim, site, kind, reader, "the mean is a secret");
        return End(claim, site, outcome, [new CommitPayload(kind, Digest.Of(bytes), bytes.Length, bytes, null)], change);
    }

    public CommitRequest End(ClaimedRun claim, Site site, RunOutcome outcome, IReadOnlyList<CommitPayload> payloads,
        Func<OuterReceipt, OuterReceipt>? change = null)
    {
        var receipt = new OuterReceipt
        {
            V = 1,
            Task = Id,
            Run = claim.Run,
            Epoch = claim.Epoch,
            Node = site.Node,
            Outcome = outcome,
            Code = outcome == RunOutcome.Succeeded ? null : "algorithm-failed",
            Manifest = Digest.OfText(claim.Manifest),
            Algorithm = Manifest.Algorithm,
            Payloads = [.. payloads.Select(payload => new ReceiptPayload(payload.Kind, payload.Digest, payload.Size))],
            Inner = Digest.OfText("inner"),
        };
        return new CommitRequest(claim.Run, claim.Epoch,
            ReceiptVerifier.Sign(change?.Invoke(receipt) ?? receipt, site.Signing, site.Chain), payloads);
    }

    private static ManifestRecipient Recipient(Person person) => new()
    {
        Organization = person.Chain.Signer.Identity.Organization,
        Principal = person.Id.ToString(),
        Key = person.Encryption.KeyId,
        Certificate = person.EncryptionCertificate,
    };

    private static ManifestTarget Target(CollaborationId collaboration, TaskId task, Site site, List<InlinePayload> inputs)
    {
        var run = RunId.New(TimeProvider.System);
        var bytes = Envelope.Seal(
            "{}"u8, new EnvelopeContext(collaboration, task, run, PayloadKind.Input), [site.Encryption.PublicKey]);
        inputs.Add(new InlinePayload(Digest.Of(bytes), bytes));
        return new ManifestTarget
        {
            Organization = site.Organization,
            Run = run,
            Node = site.Node,
            EncryptionKey = site.Encryption.KeyId,
            Input = new PayloadRef(Digest.Of(bytes), bytes.Length),
        };
    }
}
