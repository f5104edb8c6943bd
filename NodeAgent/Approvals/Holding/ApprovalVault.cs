using System.Text.Json;
using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Runs.Journal;
using Vantage.NodeAgent.Runs.Storage;
using Vantage.NodeAgent.Trust;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Ids;

namespace Vantage.NodeAgent.Approvals.Holding;

/// <summary>
/// Keeps what waits for an answer in the run's folder, sealed to this node's own key: a disk that is copied, or an archive of
/// it, tells nobody what was computed. Nothing in it counts until the journal says that it was asked.
/// </summary>
internal sealed class ApprovalVault(NodeHome home, IVolume volume, SelfHolder holder)
{
    private const string CaseName = "approval.sealed";

    public async Task WriteAsync(RunEntryKey entry, HeldWork held, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(held, ApprovalJson.Default.HeldWork));
        await WriteAsync(entry, CaseName, PayloadKind.Input, content, cancellationToken);
        // The names of this file and of those before it.
        volume.FlushFolder(home.RunFolder(entry.Key.Run, entry.Key.Epoch));
    }

    public Task WriteAsync(RunEntryKey entry, PayloadKind kind, Stream content, CancellationToken cancellationToken) =>
        WriteAsync(entry, OutputName(kind), kind, content, cancellationToken);

    /// <summary>Null if the disk no longer has it as it was written.</summary>
    public async Task<HeldWork?> FindAsync(RunEntryKey entry, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        return await TryReadAsync(entry, CaseName, PayloadKind.Input, content, cancellationToken)
            ? JsonSerializer.Deserialize(content.ToArray(), ApprovalJson.Default.HeldWork)
            : null;
    }

    /// <summary>False if the disk no longer has it as it was written; what was read by then is to be thrown away.</summary>
    public Task<bool> TryReadAsync(RunEntryKey entry, PayloadKind kind, Stream into, CancellationToken cancellationToken) =>
        TryReadAsync(entry, OutputName(kind), kind, into, cancellationToken);

    public void Sweep(RunKey key)
    {
        foreach (var name in new[] { CaseName, OutputName(PayloadKind.Result), OutputName(PayloadKind.Error), OutputName(PayloadKind.Log) })
        {
            volume.Delete(Path.Combine(home.RunFolder(key.Run, key.Epoch), name));
        }
    }

    private static string OutputName(PayloadKind kind) => $"held-{kind.ToString().ToLowerInvariant()}.sealed";

    private async Task WriteAsync(RunEntryKey entry, string name, PayloadKind kind, Stream content, CancellationToken cancellationToken)
    {
        await holder.WhenKnown.WaitAsync(cancellationToken);
        var self = holder.Self;
        await using var file = volume.Create(Path.Combine(home.RunFolder(entry.Key.Run, entry.Key.Epoch), name));
        await Envelope.SealAsync(content, file, Context(entry, kind, self.SigningKeyId), [self.EncryptionKey.PublicKey], cancellationToken);
        volume.Flush(file);
    }

    private async Task<bool> TryReadAsync(RunEntryKey entry, string name, PayloadKind kind, Stream into, CancellationToken cancellationToken)
    {
        var path = Path.Combine(home.RunFolder(entry.Key.Run, entry.Key.Epoch), name);
        await holder.WhenKnown.WaitAsync(cancellationToken);
        if (!volume.HasFile(path))
        {
            return false;
        }

        try
        {
            if (await PairOfAsync(path, cancellationToken) is not { } pair)
            {
                return false;
            }

            await using var file = volume.OpenRead(path);
            await Envelope.OpenAsync(file, into, Context(entry, kind, pair.Signing.KeyId), pair.Encryption, cancellationToken);
            return true;
        }
        catch (EnvelopeException)
        {
            return false;
        }
    }

    /// <summary>The keys it was written with: today's, or those of before a change of keys.</summary>
    private async Task<(SigningKey Signing, EncryptionKey Encryption)?> PairOfAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = volume.OpenRead(path);
        var recipients = Envelope.RecipientsOf(await EnvelopeReader.ReadHeaderAsync(file, cancellationToken));
        return holder.Self.Pairs.Where(pair => recipients.Contains(pair.Encryption.KeyId)).Cast<(SigningKey, EncryptionKey)?>().FirstOrDefault();
    }

    /// <summary>Of no collaboration: no payload on its way to anybody else can be taken for one of these, nor these for it.</summary>
    private static EnvelopeContext Context(RunEntryKey entry, PayloadKind kind, KeyId node) => kind == PayloadKind.Input
        ? new(default, entry.Task, entry.Key.Run, kind)
        : new(default, entry.Task, entry.Key.Run, kind, entry.Key.Epoch, node);
}

/// <summary>The handing of a run whose folder is meant.</summary>
internal readonly record struct RunEntryKey(RunKey Key, TaskId Task);
