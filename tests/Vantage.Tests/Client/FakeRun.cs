using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Api;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;
using Vantage.Protocol.Lifecycles;
using Vantage.Protocol.Manifests;
using Vantage.Protocol.Receipts;
using Vantage.Tests.Protocol;

namespace Vantage.Tests.Client;

/// <summary>How a fake node ended a run: its signed receipt and its envelopes by kind.</summary>
internal sealed record FakeEnd(RunOutcome Outcome, string? Code, string? Receipt, IReadOnlyDictionary<string,
    byte[]> Envelopes);

/// <summary>A run at a fake node, which opens its input and seals its answers with the partner's real keys.</summary>
internal sealed class FakeRun(TaskManifest manifest, string manifestJws, ManifestTarget target, Partner site,
    ConcurrentDictionary<Digest, byte[]> blobs)
{
    public RunId Id => target.Run;

    public TaskManifest Manifest => manifest;

    public string ManifestJws => manifestJws;

    public Partner Site => site;

    public FakeEnd? End { get; set; }

    public byte[] OpenInput() => Envelope.Open(blobs[target.Input.Digest],
        new EnvelopeContext(manifest.Collaboration, manifest.Task, Id, PayloadKind.Input), site.NodeEncryptionKey);

    public FakeEnd Succeed(byte[] result, string? log = null, long epoch = 1) =>
        Seal(RunOutcome.Succeeded, null, PayloadKind.Result, result, log, epoch);

    public FakeEnd Fail(RunOutcome outcome, string code, string message) => Seal(outcome, code, PayloadKind.Error,
        JsonSerializer.SerializeToUtf8Bytes(new RunFailure(code, message), AlgorithmsJson.Default.RunFailure), null);

    public void Cancel() => End = new FakeEnd(RunOutcome.Cancelled, null, null, new Dictionary<string, byte[]>());

    public RunView View() => new(Id, site.Id, site.Node, End is null ? RunPhase.Queued
        : RunPhase.Ended, 1, End?.Outcome, End?.Code, null,
        End is null ? WaitingReason.NodeOffline : WaitingReason.None, Partner.Now, Partner.Now,
        [.. (End?.Envelopes ?? new Dictionary<string, byte[]>()).Select(e =>
            new PayloadView(Enum.Parse<PayloadKind>(e.Key, ignoreCase: true), Digest.Of(e.Value), e.Value.Length,
                true))]);

    private FakeEnd Seal(RunOutcome outcome, string? code, PayloadKind kind, byte[] body, string? log, long epoch = 1)
    {
        var inner = PayloadFraming.ToBytes(new InnerReceipt
        {
            V = 1, Salt = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)), Datasets = [],
            Policy = new ReceiptPolicy("1", "by-hand"),
            Suppressions = 0, Plaintext = Digest.Of(body), Agent = "fake/1", StartedAt = Partner.Now,
            FinishedAt = Partner.Now,
        });
        var envelopes = new Dictionary<string,
            byte[]>
        { [kind.ToExactName()] = Seal(kind, PayloadFraming.Frame(inner, body), epoch) };
        if (log is not null)
        {
            envelopes["log"] = Seal(PayloadKind.Log, Encoding.UTF8.GetBytes(log), epoch);
        }

        var receipt = ReceiptVerifier.Sign(new OuterReceipt
        {
            V = 1, Task = manifest.Task, Run = Id, Epoch = epoch, Node = site.Node, Outcome = outcome, Code = code,
            Manifest = Digest.OfText(manifestJws), Algorithm = manifest.Algorithm, Inner = Digest.Of(inner),
            Payloads = [.. envelopes.Select(e =>
            new ReceiptPayload(Enum.Parse<PayloadKind>(e.Key, ignoreCase: true), Digest.Of(e.Value), e.Value.Length))],
        }, site.NodeKey, site.NodeChain);
        return new FakeEnd(outcome, code, receipt, envelopes);
    }

    private byte[] Seal(PayloadKind kind, byte[] plaintext, long epoch) => Envelope.Seal(plaintext,
        new EnvelopeContext(manifest.Collaboration, manifest.Task, Id, kind, epoch, site.NodeKey.KeyId),
        [.. manifest.Recipients.Select(r => Certificate.Parse(r.Certificate).EncryptionKey)]);
}
