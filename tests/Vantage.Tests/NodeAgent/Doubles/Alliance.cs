using System.Security.Cryptography;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Json;
using Vantage.Protocol.Manifests;
using Vantage.Protocol.Signatures;
using Vantage.Protocol.Statements;
using Vantage.Tests.Protocol;

namespace Vantage.Tests.NodeAgent.Doubles;

/// <summary>
/// Two partners that work together: one has the node under test, the other asks. Certificates are valid around the given
/// instant.
/// </summary>
internal sealed class Alliance(DateTimeOffset? now = null)
{
    /// <summary>An instant at which all certificates are valid.</summary>
    public DateTimeOffset Now { get; } = now ?? Partner.Now;

    public Partner Hospital { get; } = new("St. Mary's Hospital", start: now?.AddDays(-100));

    public Partner University { get; } = new("University North", start: now?.AddDays(-100));

    public CollaborationId Collaboration { get; } = CollaborationId.New(TimeProvider.System);

    public static AlgorithmRef Algorithm { get; } =
        AlgorithmRef.Parse("builtin:summary@1.0.0+sha256:" + new string('a', 64));

    public string Pins(long serial = 1, params Partner[] partners) => Statements.Sign(Hospital, serial, partners is [] ? [Hospital, University] : partners);

    /// <summary>A whole, allowed question from the university's person to the hospital's node.</summary>
    public Question Ask(DateTimeOffset now, Func<TaskManifest, TaskManifest>? change = null, byte[]? arguments = null)
    {
        var (task, run) = (TaskId.New(TimeProvider.System), RunId.New(TimeProvider.System));
        var envelope = Envelope.Seal(arguments ?? "{\"columns\":[\"age\"]}"u8.ToArray(),
            new EnvelopeContext(Collaboration, task, run, PayloadKind.Input), [Hospital.NodeEncryptionKey.PublicKey]);
        var manifest = new TaskManifest
        {
            V = 1,
            Task = task,
            Job = JobId.New(TimeProvider.System),
            Collaboration = Collaboration,
            Type = TaskType.Analysis,
            Algorithm = Algorithm,
            Function = "partial",
            Targets =
            [
                new ManifestTarget
                {
                    Organization = Hospital.Id,
                    Run = run,
                    Node = Hospital.Node,
                    EncryptionKey = Hospital.NodeEncryptionKey.KeyId,
                    Input = new PayloadRef(Digest.Of(envelope), envelope.Length),
                },
            ],
            Data = [new DataRef { Label = "table", Kind = DataKind.Source, Id = "patients" }],
            Resources = new ResourceRequest(),
            Recipients = [Recipient(University)],
            LostNode = LostNodePolicy.Wait,
            NotBefore = now.AddMinutes(-1),
            NotAfter = now.AddHours(1),
            Nonce = System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)),
        };
        manifest = change?.Invoke(manifest) ?? manifest;
        return new Question(manifest, Sign(manifest, University.UserKey, University.UserChain), envelope);
    }

    public static ManifestRecipient Recipient(Partner partner) => new()
    {
        Organization = partner.Id,
        Principal = partner.User.ToString(),
        Key = partner.UserEncryptionKey.KeyId,
        Certificate = partner.UserEncryption.Der.ToArray(),
    };

    public static string Sign(TaskManifest manifest, SigningKey key, CertificateChain chain) =>
        SignedDocument.Sign(manifest, TaskManifest.JwsType, SignedJson.Default.TaskManifest, key, chain);

    private static class Statements
    {
        public static string Sign(Partner issuer, long serial, Partner[] partners) => Vantage.Protocol.Statements.Pins.Sign(
            new PinStatement
            {
                V = 1,
                Issuer = issuer.Id,
                Serial = serial,
                IssuedAt = Partner.Start,
                Roots = [.. partners.Select(p => new PinnedRootEntry(p.Id, p.Root.Name, p.Root.Der.ToArray()))],
            },
            issuer.RootKey, issuer.Root);
    }
}

/// <param name="Jws">The manifest as its person signed it.</param>
/// <param name="Input">The sealed arguments.</param>
internal sealed record Question(TaskManifest Manifest, string Jws, byte[] Input)
{
    public RunId Run => Manifest.Targets[0].Run;

    public TaskId Task => Manifest.Task;

    public Vantage.Protocol.Hub.ClaimedRun Claim(long epoch = 1, string? parent = null) =>
        new(Run, Task, epoch, Jws, parent, Input);
}
