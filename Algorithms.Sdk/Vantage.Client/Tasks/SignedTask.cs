using System.Buffers.Text;
using System.Security.Cryptography;
using Vantage.Client.Errors;
using Vantage.Client.Home;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;
using Vantage.Protocol.Manifests;
using Vantage.Protocol.Signatures;

namespace Vantage.Client.Tasks;

/// <summary>
/// A manifest with its signature and its sealed inputs: the exact bytes that every attempt to submit sends.
/// </summary>
internal sealed record SignedTask(TaskManifest Manifest, string Jws, IReadOnlyList<SealedInput> Inputs)
{
    /// <param name="request">What is asked.</param>
    /// <param name="plan">Of whom.</param>
    /// <param name="readers">The asking person, at each of their devices.</param>
    /// <param name="delegation">What that node may ask on, from when it ends; null for nothing.</param>
    /// <param name="keys">Who asks.</param>
    /// <param name="time">Now.</param>
    public static SignedTask Create(TaskRequest request, TaskPlan plan, IReadOnlyList<ManifestRecipient> readers,
        Func<DateTimeOffset, Delegation>? delegation, UserKeys keys, TimeProvider time)
    {
        var task = TaskId.New(time);
        var inputs = new List<SealedInput>();
        var targets = plan.Targets.Select(target => Seal(target, RunId.New(time), request, task, inputs)).ToList();
        // A minute of grace: "at once" shall not mean "later" where another machine's clock lags. It takes nothing from
        // the end, or a question for less than a minute would have ended before it began.
        var now = time.GetUtcNow();
        var notBefore = request.NotBefore ?? now.AddMinutes(-1);
        var notAfter = request.NotBefore is null && request.Lifetime < ManifestRules.LongestLife - (now - notBefore)
            ? now + request.Lifetime : notBefore + request.Lifetime;
        var manifest = new TaskManifest
        {
            V = 1,
            Task = task,
            Job = request.Job ?? JobId.New(time),
            Collaboration = request.Collaboration,
            Study = request.Study,
            Type = TaskType.Analysis,
            Algorithm = request.Algorithm,
            Function = request.Function,
            Targets = targets,
            Data = request.Data,
            Session = request.Session,
            Resources = request.Resources,
            Recipients = [.. readers.Concat(request.FurtherRecipients).DistinctBy(reader => reader.Key)],
            LostNode = request.LostNode,
            Purpose = request.Purpose,
            ProjectCode = request.ProjectCode,
            Delegation = delegation?.Invoke(notBefore + request.Lifetime),
            NotBefore = notBefore,
            NotAfter = notAfter,
            Nonce = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)),
        };
        var broken = ManifestRules.Check(manifest);
        return broken.Count == 0
            ? new SignedTask(manifest, SignedDocument.Sign(manifest, TaskManifest.JwsType,
            SignedJson.Default.TaskManifest,
                keys.Signing, keys.Chain), inputs)
            : throw new VantageException(ClientErrorCodes.RequestInvalid,
                $"The request breaks rules of the manifest: {string.Join(' ', broken)}");
    }

    private static ManifestTarget Seal(PlannedTarget target, RunId run, TaskRequest request, TaskId task,
        List<SealedInput> inputs)
    {
        var context = new EnvelopeContext(request.Collaboration, task, run, PayloadKind.Input);
        return new ManifestTarget
        {
            Organization = target.Organization,
            Run = run,
            Node = target.Node.Id,
            EncryptionKey = target.Node.Key.KeyId,
            Input = Input(target.Node),
            Alternates = target.Alternates.Select(a => new ManifestAlternate(a.Id, a.Key.KeyId, Input(a))).ToList(),
        };

        PayloadRef Input(PlannedNode node)
        {
            var sealedBytes = Envelope.Seal(request.Arguments.Span, context, [node.Key]);
            inputs.Add(new SealedInput(Digest.Of(sealedBytes), sealedBytes));
            return new PayloadRef(inputs[^1].Digest, sealedBytes.Length);
        }
    }
}

internal sealed record SealedInput(Digest Digest, byte[] Bytes);
