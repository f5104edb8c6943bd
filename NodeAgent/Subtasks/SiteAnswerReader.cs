using System.Text.Json;
using Vantage.NodeAgent.Runs.Storage;
using Vantage.NodeAgent.Trust;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Api;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Lifecycles;
using Vantage.Protocol.Receipts;

namespace Vantage.NodeAgent.Subtasks;

/// <summary>How one site ended, and where its opened result lies.</summary>
/// <param name="Path">Null unless it succeeded.</param>
internal sealed record SiteAnswer(SubtaskEnd End, string? Path = null);

/// <summary>
/// Reads what a site left: evidence, receipt and payload have to fit the manifest that this node signed before any of it
/// is given to the central function. What does not fit counts as no answer, with the reason.
/// </summary>
internal sealed class SiteAnswerReader(SubtaskLine line, TrustBoard trust, SelfHolder holder, TimeProvider time)
{
    /// <summary>A failure's detail may be long; a megabyte of it is a mistake.</summary>
    private const long LongestError = 2 * 1024 * 1024;

    /// <param name="subtask">As this node signed it.</param>
    /// <param name="site">Whose answer.</param>
    /// <param name="run">As the Coordinator describes it: believed only where there is no receipt.</param>
    /// <param name="room">How large the result may be.</param>
    /// <param name="path">Where to put it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<SiteAnswer> ReadAsync(
        SignedSubtask subtask, SubtaskSite site, RunView run, long room, string path, CancellationToken cancellationToken)
    {
        if (run.Outcome is RunOutcome.Cancelled or RunOutcome.Expired or RunOutcome.Lost)
        {
            return new SiteAnswer(new SubtaskEnd(site.Name, run.Outcome.Value));
        }

        try
        {
            var evidence = await line.EvidenceAsync(run.Id, cancellationToken);
            var expected = ReceiptExpectation.From(subtask.Manifest, subtask.Digest, run.Id);
            var receipt = ReceiptVerifier.Verify(
                evidence.Receipt ?? throw new FormatException("there is no receipt of it"), expected, trust.ForReading(subtask.Manifest.Collaboration), time.GetUtcNow());
            return receipt.Receipt.Outcome == RunOutcome.Succeeded
                ? await ResultAsync(receipt, subtask.Manifest.Recipients[0].Key, site, room, path, cancellationToken)
                : await ErrorAsync(receipt, subtask.Manifest.Recipients[0].Key, site, path, cancellationToken);
        }
        catch (Exception e) when (e is TrustException or SubtaskRefusal or FormatException or JsonException)
        {
            return NoAnswer(site, RunCodes.ManifestUntrusted, $"What came back is not what the site signed for, or is not to be had: {e.Message}");
        }
    }

    private async Task<SiteAnswer> ResultAsync(
        VerifiedReceipt receipt, KeyId recipient, SubtaskSite site, long room, string path, CancellationToken cancellationToken)
    {
        var payload = receipt.Find(PayloadKind.Result)!;
        if (payload.Size > room)
        {
            return NoAnswer(site, RunCodes.OutputTooLarge,
                $"Its result has {payload.Size} bytes sealed, and the central function has room for {room} more ('diskMiB' of the task).");
        }

        await OpenAsync(receipt, recipient, PayloadKind.Result, payload, path, cancellationToken);
        return new SiteAnswer(new SubtaskEnd(site.Name, RunOutcome.Succeeded, new FileInfo(path).Length), path);
    }

    private async Task<SiteAnswer> ErrorAsync(
        VerifiedReceipt receipt, KeyId recipient, SubtaskSite site, string path, CancellationToken cancellationToken)
    {
        var (outcome, code) = (receipt.Receipt.Outcome, receipt.Receipt.Code ?? RunCodes.AlgorithmFailed);
        if (receipt.Find(PayloadKind.Error) is not { Size: <= LongestError } payload)
        {
            return new SiteAnswer(new SubtaskEnd(site.Name, outcome, Failure: new RunFailure(code, $"It gave no reason but '{code}'.")));
        }

        var inner = await OpenAsync(receipt, recipient, PayloadKind.Error, payload, path, cancellationToken);
        var told = JsonSerializer.Deserialize(await File.ReadAllBytesAsync(path, cancellationToken), AlgorithmsJson.Default.RunFailure);
        File.Delete(path);
        return new SiteAnswer(new SubtaskEnd(site.Name, outcome,
            Failure: (told ?? new RunFailure(code, code)) with { Code = code }, Rule: inner.Policy.Rule));
    }

    /// <summary>Fetches, opens and checks, all of it before anybody reads a byte.</summary>
    private async Task<InnerReceipt> OpenAsync(
        VerifiedReceipt receipt, KeyId recipient, PayloadKind kind, ReceiptPayload payload, string path, CancellationToken cancellationToken)
    {
        var ciphertext = path + ".sealed";
        try
        {
            if (!await line.DownloadAsync(receipt.Receipt.Run, kind, payload.Digest, payload.Size, ciphertext, cancellationToken))
            {
                throw new FormatException("the Coordinator has other bytes than the site committed");
            }

            await using var file = new FileStream(ciphertext, FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024, FileOptions.Asynchronous);
            await using var plaintext = await EnvelopeReader.OpenStreamAsync(file, receipt.ContextOf(kind),
                holder.Self.Opener(recipient) ?? throw new FormatException("it is sealed to a key that this node has no more"),
                cancellationToken);
            var inner = receipt.ReadInner(await PayloadFraming.ReadInnerAsync(plaintext, cancellationToken));
            await using var opened = Durable.CreateFile(path);
            await plaintext.CopyToAsync(opened, cancellationToken);
            opened.Position = 0;
            receipt.RequireBody(inner, await Digest.OfAsync(opened, cancellationToken));
            return inner;
        }
        catch
        {
            File.Delete(path);
            throw;
        }
        finally
        {
            File.Delete(ciphertext);
        }
    }

    private static SiteAnswer NoAnswer(SubtaskSite site, string code, string message) =>
        new(new SubtaskEnd(site.Name, RunOutcome.Failed, Failure: new RunFailure(code, message)));
}
