using System.Text.Json;
using Vantage.NodeAgent.Runs;
using Vantage.NodeAgent.Runs.Journal;
using Vantage.NodeAgent.Runs.Storage;
using Vantage.NodeAgent.Runs.Working;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;

namespace Vantage.NodeAgent.Approvals.Holding;

/// <summary>
/// Holds work until somebody answered. All of it is on the disk when <see cref="HoldAsync"/> returns; the journal is written
/// afterwards, by the caller, and from then on neither the work nor the question can be lost.
/// </summary>
internal sealed class ApprovalKeeper(ApprovalVault vault, RunFolders folders, TimeProvider time)
{
    /// <summary>Null if exactly this was approved before, so that there is nothing to hold.</summary>
    public async Task<JournalRecord.Asked?> HoldAsync(SealJob job, ApprovalQuestion question, CancellationToken cancellationToken)
    {
        var entry = new RunEntryKey(job.Key, job.Task);
        var outputs = question.Case.Gate == ApprovalGate.BeforeRelease ? await OutputsAsync(job, cancellationToken) : [];
        var asked = question.Case with { Outputs = outputs };
        var subject = asked.Subject();
        if (job.Approvals.Any(approval => approval.Gate == asked.Gate && approval.Allows(subject)))
        {
            return null;
        }

        foreach (var output in outputs)
        {
            await using var content = Open(job, output.Kind);
            await vault.WriteAsync(entry, output.Kind, content, cancellationToken);
        }

        await vault.WriteAsync(entry, new HeldWork(asked) { End = outputs.Count > 0 ? HeldEnd.Of(job.End) : null }, cancellationToken);
        Failpoint.Pass("hold.filed");
        var now = time.GetUtcNow();
        return new JournalRecord.Asked(job.Key.Run, job.Key.Epoch, asked.Gate, subject, job.Policy.Version, job.Policy.Rule, now, now + question.Within);
    }

    /// <summary>
    /// The end that was held, with its output and log in a fresh working folder again. Null if the disk no longer has all of it
    /// as it was approved.
    /// </summary>
    public async Task<RunEnd?> TakeAsync(RunEntryKey entry, Digest approved, CancellationToken cancellationToken)
    {
        if (await vault.FindAsync(entry, cancellationToken) is not { End: { } end } held || held.Case.Subject() != approved)
        {
            return null;
        }

        var folder = folders.PrepareWork(entry.Key);
        var paths = new Dictionary<PayloadKind, string>();
        foreach (var output in held.Case.Outputs)
        {
            var path = paths[output.Kind] = Path.Combine(folder, output.Kind.ToString().ToLowerInvariant());
            if (!await TakeAsync(entry, output, path, cancellationToken))
            {
                return null;
            }
        }

        var log = paths.GetValueOrDefault(PayloadKind.Log);
        return held.Case.Outputs.FirstOrDefault(output => output.Kind == PayloadKind.Result) is { } result
            ? new RunEnd.Succeeded(paths[PayloadKind.Result], result.Size, result.Digest, end.Facts(), log)
            : new RunEnd.Failed(end.Code!, end.Message!, end.Detail, end.Facts(), log);
    }

    /// <summary>Once the end is sealed for others, this node's own copy is needed no more.</summary>
    public void Sweep(RunEntry? entry)
    {
        if (entry?.Approvals.Any() == true)
        {
            vault.Sweep(entry.WorkKey);
        }
    }

    private async Task<bool> TakeAsync(RunEntryKey entry, CaseOutput output, string path, CancellationToken cancellationToken)
    {
        await using var file = Durable.CreateFile(path);
        if (!await vault.TryReadAsync(entry, output.Kind, file, cancellationToken) || file.Length != output.Size)
        {
            return false;
        }

        file.Position = 0;
        return await Digest.OfAsync(file, cancellationToken) == output.Digest;
    }

    private async Task<IReadOnlyList<CaseOutput>> OutputsAsync(SealJob job, CancellationToken cancellationToken)
    {
        var kinds = new List<PayloadKind> { job.End is RunEnd.Succeeded ? PayloadKind.Result : PayloadKind.Error };
        if (job.End.LogPath is { } log && folders.HasOutput(log))
        {
            kinds.Add(PayloadKind.Log);
        }

        var outputs = new List<CaseOutput>();
        foreach (var kind in kinds)
        {
            await using var content = Open(job, kind);
            outputs.Add(new CaseOutput(kind, await Digest.OfAsync(content, cancellationToken), content.Length));
        }

        return outputs;
    }

    private Stream Open(SealJob job, PayloadKind kind) => (kind, job.End) switch
    {
        (PayloadKind.Log, { LogPath: { } log }) => folders.OpenOutput(log),
        (_, RunEnd.Succeeded done) => folders.OpenOutput(done.OutputPath),
        (_, RunEnd.Failed failed) => new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(
            RunSealer.Failure(job, failed.Code), AlgorithmsJson.Default.RunFailure)),
        _ => throw new InvalidOperationException($"Nothing of {job.End.GetType().Name} leaves, so there is nothing to hold."),
    };
}
