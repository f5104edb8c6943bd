using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Vantage.Benchmarks.Partners;
using Vantage.Benchmarks.Wire;
using Vantage.Protocol.Api;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;
using Vantage.Protocol.Manifests;
using Vantage.Protocol.Signatures;

namespace Vantage.Benchmarks.Questions;

/// <summary>A task of three targets, signed and sealed as a client does it, and the bytes of the request that submits it.</summary>
internal sealed record PreparedTask(TaskId Id, CollaborationId Collaboration, Digest Manifest, Researcher Asker,
    IReadOnlyList<(RunId Run, Site Site)> Runs, byte[] Request)
{
    public static AlgorithmRef Algorithm { get; } = AlgorithmRef.Builtin("summary", "1", Digest.OfText("summary").ToString());

    private static readonly byte[] Arguments = """{"columns":["age","weight","systolic"],"groupBy":["sex"],"filter":"age >= 18"}"""u8.ToArray();

    public static PreparedTask Make(Federation federation, Researcher asker, IReadOnlyList<Site> sites)
    {
        var task = TaskId.New(TimeProvider.System);
        var inputs = new List<InlinePayload>();
        var targets = sites.Select(site => Target(federation.Collaboration, task, site, inputs)).ToList();
        return Sign(federation, asker, task, targets, sites, inputs);
    }

    /// <summary>For inputs that were sealed, and perhaps uploaded, before.</summary>
    public static PreparedTask Sign(Federation federation, Researcher asker, TaskId task, IReadOnlyList<ManifestTarget> targets,
        IReadOnlyList<Site> sites, IReadOnlyList<InlinePayload> inputs)
    {
        var now = TimeProvider.System.GetUtcNow();
        var manifest = new TaskManifest
        {
            V = 1,
            Task = task,
            Job = JobId.New(TimeProvider.System),
            Collaboration = federation.Collaboration,
            Type = TaskType.Analysis,
            Algorithm = Algorithm,
            Function = "partial",
            Targets = targets,
            Data = [new DataRef { Label = "patients", Kind = DataKind.Source, Id = "patients" }],
            Resources = new ResourceRequest(),
            Recipients =
            [
                new ManifestRecipient
                {
                    Organization = asker.Organization,
                    Principal = asker.Id.ToString(),
                    Key = asker.Encryption.KeyId,
                    Certificate = asker.EncryptionCertificate,
                },
            ],
            LostNode = LostNodePolicy.Wait,
            NotBefore = now.AddMinutes(-1),
            NotAfter = now.AddHours(6),
            Nonce = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)),
        };
        var jws = SignedDocument.Sign(manifest, TaskManifest.JwsType, SignedJson.Default.TaskManifest, asker.Signing, asker.Chain);
        var body = JsonSerializer.SerializeToUtf8Bytes(new SubmitTask(jws, inputs), ProtocolJson.Default.SubmitTask);
        return new PreparedTask(task, federation.Collaboration, Digest.OfText(jws), asker,
            [.. targets.Select((target, i) => (target.Run, sites[i]))],
            RawHttp.Request("PUT", $"{Routes.Tasks}/{task}", asker.Token, body));
    }

    /// <summary>Many, made on every core.</summary>
    /// <param name="federation">Whose.</param>
    /// <param name="count">How many.</param>
    /// <param name="sites">Among which the targets go round.</param>
    public static PreparedTask[] Make(Federation federation, int count, IReadOnlyList<Site> sites)
    {
        var made = new PreparedTask[count];
        Parallel.For(0, count, i => made[i] = Make(federation, federation.Researchers[i % federation.Researchers.Count],
            [.. Enumerable.Range(0, 3).Select(j => sites[((i * 3) + j) % sites.Count])]));
        return made;
    }

    private static ManifestTarget Target(CollaborationId collaboration, TaskId task, Site site, List<InlinePayload> inputs)
    {
        var run = RunId.New(TimeProvider.System);
        var bytes = Envelope.Seal(Arguments, new EnvelopeContext(collaboration, task, run, PayloadKind.Input), [site.Encryption.PublicKey]);
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
