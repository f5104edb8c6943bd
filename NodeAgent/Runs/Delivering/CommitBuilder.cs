using Vantage.NodeAgent.Runs.Journal;
using Vantage.NodeAgent.Runs.Storage;
using Vantage.NodeAgent.Runs.Working;
using Vantage.NodeAgent.Trust;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;
using Vantage.Protocol.Manifests;
using Vantage.Protocol.Receipts;

namespace Vantage.NodeAgent.Runs.Delivering;

/// <summary>Makes the commit of a sealed end, with small payloads inside and large ones sent ahead.</summary>
internal sealed class CommitBuilder(RunFolders folders, Uploader uploader, ISealing sealing, TimeProvider time)
{
    /// <param name="ids">Fresh upload ids of payloads that can't go up, or did not stay, under their first one.</param>
    /// <param name="uploads">Admits uploads.</param>
    /// <param name="progress">Called whenever a part arrived.</param>
    public async Task<CommitRequest> BuildAsync(
        RunEntry entry, int inlineBytes, Dictionary<Digest, UploadId> ids, SemaphoreSlim uploads, Action progress,
        CancellationToken cancellationToken)
    {
        if (folders.FindReceipt(entry) is not { } receipt)
        {
            return new CommitRequest(entry.Run, entry.Epoch, Loss(entry), []);
        }

        var payloads = new List<CommitPayload>();
        foreach (var file in entry.Payloads)
        {
            var payload = file.Size <= inlineBytes
                ? folders.FindPayload(entry.WorkKey, file) is { } bytes ? new CommitPayload(file.Kind, file.Digest, file.Size, bytes, null) : null
                : await UploadAsync(entry, file, ids, uploads, progress, cancellationToken);
            if (payload is null)
            {
                return new CommitRequest(entry.Run, entry.Epoch, Loss(entry), []);
            }

            payloads.Add(payload);
        }

        return new CommitRequest(entry.Run, entry.Epoch, receipt, payloads);
    }

    /// <summary>Null if the disk no longer has it as it was sealed.</summary>
    private async Task<CommitPayload?> UploadAsync(
        RunEntry entry, SealedFile file, Dictionary<Digest, UploadId> ids, SemaphoreSlim uploads, Action progress,
        CancellationToken cancellationToken)
    {
        // Once a delivery: what is sent was read from the same disk a moment later, and the Coordinator compares it, too.
        if (ids.TryAdd(file.Digest, file.Upload) && !await folders.HasPayloadAsync(entry.WorkKey, file, cancellationToken))
        {
            ids.Remove(file.Digest);
            return null;
        }

        var id = await SendAsync(
            file, folders.PayloadPath(entry.WorkKey, file.Kind), Asked(entry).Manifest, ids, uploads, progress, cancellationToken);
        return new CommitPayload(file.Kind, file.Digest, file.Size, null, id);
    }

    private async Task<UploadId> SendAsync(
        SealedFile file, string path, TaskManifest manifest, Dictionary<Digest, UploadId> ids, SemaphoreSlim uploads, Action progress,
        CancellationToken cancellationToken)
    {
        await uploads.WaitAsync(cancellationToken);
        try
        {
            var id = ids.GetValueOrDefault(file.Digest, file.Upload);
            try
            {
                await uploader.SendAsync(id, manifest.Collaboration, path, file.Digest, file.Size, progress, cancellationToken);
            }
            catch (UploadGoneException)
            {
                ids[file.Digest] = id = UploadId.New(time);
                await uploader.SendAsync(id, manifest.Collaboration, path, file.Digest, file.Size, progress, cancellationToken);
            }

            return id;
        }
        finally
        {
            uploads.Release();
        }
    }

    /// <summary>
    /// What the node has finished never runs a second time. Without its files there is only an honest failure to send: they
    /// were delivered and swept, and the Coordinator forgot; or the disk changed them before they were delivered.
    /// </summary>
    private string Loss(RunEntry entry)
    {
        var (claim, manifest) = Asked(entry);
        return sealing.Sign(new OuterReceipt
        {
            V = 1,
            Task = claim.Task,
            Run = entry.Run,
            Epoch = entry.Epoch,
            Node = sealing.Node,
            Outcome = RunOutcome.Failed,
            Code = entry.Swept ? RunCodes.FinishedBefore : RunCodes.ResultDamaged,
            Manifest = Digest.OfText(claim.Manifest),
            Algorithm = manifest.Algorithm,
            Payloads = [],
        });
    }

    private (ClaimedRun Claim, TaskManifest Manifest) Asked(RunEntry entry)
    {
        var claim = folders.FindClaim(entry.Key, entry.Claim)
            ?? throw new InvalidOperationException($"What was handed over for {entry.Key} is no longer on the disk as it was written.");
        return (claim, ManifestGlance.Read(claim.Manifest)
            ?? throw new InvalidOperationException($"{entry.Run} was sealed, so its manifest had been readable."));
    }
}
