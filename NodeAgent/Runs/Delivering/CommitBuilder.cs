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
        var claim = folders.FindClaim(entry.Key)
            ?? throw new InvalidOperationException($"What was handed over for {entry.Key} is no longer on the disk.");
        var manifest = ManifestGlance.Read(claim.Manifest)
            ?? throw new InvalidOperationException($"{entry.Run} was sealed, so its manifest had been readable.");
        if (folders.FindReceipt(entry.WorkKey) is not { } receipt)
        {
            return new CommitRequest(entry.Run, entry.Epoch, FinishedBefore(entry, claim, manifest), []);
        }

        var payloads = new List<CommitPayload>();
        foreach (var file in entry.Payloads)
        {
            if (file.Size <= inlineBytes)
            {
                payloads.Add(new CommitPayload(file.Kind, file.Digest, file.Size, folders.ReadPayload(entry.WorkKey, file.Kind), null));
            }
            else
            {
                var path = folders.PayloadPath(entry.WorkKey, file.Kind);
                var id = await UploadAsync(file, path, manifest, ids, uploads, progress, cancellationToken);
                payloads.Add(new CommitPayload(file.Kind, file.Digest, file.Size, null, id));
            }
        }

        return new CommitRequest(entry.Run, entry.Epoch, receipt, payloads);
    }

    private async Task<UploadId> UploadAsync(
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
    /// A run that was finished, delivered and swept is offered again: the Coordinator forgot, or lies. It never runs a second
    /// time; without its payloads there is only an honest failure to send.
    /// </summary>
    private string FinishedBefore(RunEntry entry, ClaimedRun claim, TaskManifest manifest) => sealing.Sign(new OuterReceipt
    {
        V = 1,
        Task = claim.Task,
        Run = entry.Run,
        Epoch = entry.Epoch,
        Node = sealing.Node,
        Outcome = RunOutcome.Failed,
        Code = RunCodes.FinishedBefore,
        Manifest = Digest.OfText(claim.Manifest),
        Algorithm = manifest.Algorithm,
        Payloads = [],
    });
}
