using Vantage.Client.Connection;
using Vantage.Client.Errors;
using Vantage.Client.Home;
using Vantage.Protocol.Api;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Json;
using Vantage.Protocol.Manifests;
using Vantage.Protocol.Receipts;
using Vantage.Protocol.Signatures;

namespace Vantage.Client.Results;

/// <summary>
/// Opens what a run left: manifest, receipt and payload have to fit each other and be signed by pinned people and nodes
/// before a byte of content is given out.
/// </summary>
internal sealed class RunReader(VantageClient client, ClientHome home)
{
    private readonly RestChannel rest = client.Rest;

    private const int InMemory = 1024 * 1024;

    public async Task<RunProof> ProveAsync(ShownRun shown, CancellationToken cancellationToken)
    {
        var run = shown.Run.Id;
        var evidence = await EvidenceAsync(shown, cancellationToken);
        var now = rest.Time.GetUtcNow();
        var (claimed, trust) = await TrustAsync(evidence, now, cancellationToken);
        return Failures.Translate(() =>
        {
            var manifest = Verify(evidence, claimed, trust, now);
            shown.Require(manifest.Value, manifest.OfJws);
            if (evidence.Receipt is not { } jws)
            {
                throw new VantageException(ClientErrorCodes.NothingThere,
                    $"{run} has no receipt: no node has ended it.",
                    $"See why: vantage task explain {manifest.Value.Task}");
            }

            var expected = ReceiptExpectation.From(manifest.Value, manifest.OfJws, run);
            return new RunProof(manifest.Value, manifest.Signer,
                ReceiptVerifier.Verify(jws, expected, trust, Earlier(now, manifest.Value.NotAfter)));
        });
    }

    /// <summary>For a run that no node ended: that it is the question's, and that the others shown beside it are.</summary>
    public async Task RequireAsync(ShownRun shown, CancellationToken cancellationToken)
    {
        var evidence = await EvidenceAsync(shown, cancellationToken);
        var now = rest.Time.GetUtcNow();
        var (claimed, trust) = await TrustAsync(evidence, now, cancellationToken);
        var manifest = Failures.Translate(() => Verify(evidence, claimed, trust, now));
        shown.Require(manifest.Value, manifest.OfJws);
    }

    public async Task<OpenedPayload> OpenAsync(ShownRun shown, PayloadKind kind, IProgress<long>? progress,
        CancellationToken cancellationToken)
    {
        var run = shown.Run.Id;
        var proof = await ProveAsync(shown, cancellationToken);
        var payload = proof.Receipt.Find(kind) ?? throw new VantageException(ClientErrorCodes.NothingThere,
            $"{run} ended as {proof.Receipt.Receipt.Outcome} without {PayloadWords.Of(kind)}.",
            kind == PayloadKind.Result ? "What went wrong is in its error: vantage task result." : null);
        var download = new Download(rest, $"{Routes.Runs}/{run}/payloads/{kind.ToExactName()}", payload.Digest,
            payload.Size);
        var ciphertext = shown.Brought(kind, payload) is { } brought ? new MemoryStream(brought, writable: false)
            : payload.Size <= InMemory ? await download.ToMemoryAsync(cancellationToken)
            : await ToFileAsync(download, payload.Digest, progress, cancellationToken);
        try
        {
            return await OpenAsync(proof, kind, ciphertext, cancellationToken);
        }
        catch (Exception e)
        {
            await ciphertext.DisposeAsync();
            throw e is EnvelopeException or ReceiptException ? Failures.Of(e) : e;
        }
    }

    private async Task<RunEvidence> EvidenceAsync(ShownRun shown, CancellationToken cancellationToken)
    {
        if (shown.Evidence is { } brought)
        {
            return brought;
        }

        var run = shown.Run.Id;
        // What took hours to compute is not given up for a moment in which the Coordinator is out of reach.
        var patience = new Patience(rest.Time, TimeSpan.FromSeconds(30));
        return await patience.KeepTryingAsync(() => rest.GetAsync($"{Routes.Runs}/{run}/evidence",
            ProtocolJson.Default.RunEvidence, cancellationToken), cancellationToken);
    }

    /// <summary>
    /// Certificates may have run out since: what counts is the time in which the signed manifest let things happen.
    /// </summary>
    private static Verified<TaskManifest> Verify(RunEvidence evidence, TaskManifest claimed, ITrust trust, DateTimeOffset now) =>
        SignedDocument.Verify(evidence.Manifest, TaskManifest.JwsType, SignedJson.Default.TaskManifest, trust,
            Earlier(now, claimed.NotBefore));

    /// <summary>What it says of its collaboration and time is in the bytes that are then verified.</summary>
    private async Task<(TaskManifest Claimed, ITrust Trust)> TrustAsync(
        RunEvidence evidence, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var claimed = Failures.Translate(() =>
            SignedDocument.ReadUnverified(evidence.Manifest, SignedJson.Default.TaskManifest));
        return (claimed, await client.TrustAsync(claimed.Collaboration, claimed.NotBefore, Earlier(now, claimed.NotAfter), cancellationToken));
    }

    private async Task<OpenedPayload> OpenAsync(RunProof proof, PayloadKind kind, Stream ciphertext,
        CancellationToken cancellationToken)
    {
        var manifest = proof.Manifest;
        var trust = await client.TrustAsync(manifest.Collaboration, manifest.NotBefore,
            Earlier(rest.Time.GetUtcNow(), manifest.NotAfter), cancellationToken);
        var plaintext = await new PayloadOpener(client.Grants, home).OpenAsync(proof, kind, ciphertext, trust,
            rest.Time.GetUtcNow(), cancellationToken);
        if (kind == PayloadKind.Log)
        {
            return new OpenedPayload(proof, null, new CheckedStream(plaintext, ciphertext, null));
        }

        var signed = await PayloadFraming.ReadInnerAsync(plaintext, cancellationToken);
        var inner = proof.Receipt.ReadInner(signed);
        return new OpenedPayload(proof, inner,
            new CheckedStream(plaintext, ciphertext, digest => proof.Receipt.RequireBody(inner, digest)))
        {
            SignedInner = signed,
        };
    }

    private async Task<Stream> ToFileAsync(Download download, Digest digest, IProgress<long>? progress,
        CancellationToken cancellationToken)
    {
        var file = home.DownloadPath(digest);
        await download.ToFileAsync(file, progress, cancellationToken);
        return new FileStream(file, new FileStreamOptions
        {
            Access = FileAccess.Read,
            Options = FileOptions.Asynchronous | FileOptions.SequentialScan | FileOptions.DeleteOnClose,
        });
    }

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
