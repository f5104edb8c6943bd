using System.Text;
using System.Text.Json;
using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Runs.Journal;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Json;

namespace Vantage.NodeAgent.Runs.Storage;

/// <summary>
/// The folders of runs: <c>state/runs</c> holds what was handed over and what is sealed, <c>state/work</c> what is being
/// worked on. What is in them counts once the journal says so.
/// </summary>
internal sealed class RunFolders(NodeHome home, IVolume volume)
{
    private const string ClaimName = "claim.json";
    private const string ReceiptName = "receipt.jws";

    public void Prepare()
    {
        volume.CreateFolder(home.Runs);
        volume.CreateFolder(home.Work);
    }

    /// <summary>Returns the digest of what was written, for the journal.</summary>
    public async Task<Digest> WriteClaimAsync(ClaimedRun claim, CancellationToken cancellationToken)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(claim, ProtocolJson.Default.ClaimedRun);
        var folder = home.RunFolder(claim.Run, claim.Epoch);
        volume.CreateFolder(folder);
        await volume.WriteAsync(Path.Combine(folder, ClaimName), content, cancellationToken);
        return Digest.Of(content);
    }

    /// <summary>Null if the disk no longer has it, or not as it was written.</summary>
    public ClaimedRun? FindClaim(RunKey key, Digest? written)
    {
        var path = Path.Combine(home.RunFolder(key.Run, key.Epoch), ClaimName);
        try
        {
            return Find(path, written) is { } content ? JsonSerializer.Deserialize(content, ProtocolJson.Default.ClaimedRun) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public string PayloadPath(RunKey key, PayloadKind kind) =>
        Path.Combine(home.RunFolder(key.Run, key.Epoch), kind.ToString().ToLowerInvariant() + ".sealed");

    /// <summary>The folder's names are flushed with the receipt, which comes last.</summary>
    public Stream CreatePayload(RunKey key, PayloadKind kind) => volume.Create(PayloadPath(key, kind));

    public void FlushPayload(Stream payload) => volume.Flush(payload);

    /// <summary>Null if the disk no longer has it as it was sealed.</summary>
    public byte[]? FindPayload(RunKey key, SealedFile file) => Find(PayloadPath(key, file.Kind), file.Digest);

    /// <summary>As <see cref="FindPayload"/>, for one that need not fit into memory.</summary>
    public async Task<bool> HasPayloadAsync(RunKey key, SealedFile file, CancellationToken cancellationToken)
    {
        var path = PayloadPath(key, file.Kind);
        if (!volume.HasFile(path))
        {
            return false;
        }

        await using var content = volume.OpenRead(path);
        return await Digest.OfAsync(content, cancellationToken) == file.Digest;
    }

    /// <summary>What an executor left in its working folder.</summary>
    public Stream OpenOutput(string path) => volume.OpenRead(path);

    /// <summary>Whether there is such a file, and anything in it.</summary>
    public bool HasOutput(string path)
    {
        if (!volume.HasFile(path))
        {
            return false;
        }

        using var content = volume.OpenRead(path);
        return content.Length > 0;
    }

    public Task WriteReceiptAsync(RunKey key, string receipt, CancellationToken cancellationToken) =>
        volume.WriteAsync(
            Path.Combine(home.RunFolder(key.Run, key.Epoch), ReceiptName), Encoding.ASCII.GetBytes(receipt), cancellationToken);

    /// <summary>Null once it was swept, or if it is no longer as it was signed.</summary>
    public string? FindReceipt(RunEntry entry) =>
        Find(Path.Combine(home.RunFolder(entry.Run, entry.WorkEpoch), ReceiptName), entry.Receipt) is { } content
            ? Encoding.ASCII.GetString(content)
            : null;

    /// <summary>An empty folder for the plaintext of one run.</summary>
    public string PrepareWork(RunKey key)
    {
        SweepWork(key);
        var folder = home.WorkFolder(key.Run, key.Epoch);
        volume.CreateFolder(folder);
        return folder;
    }

    public void SweepWork(RunKey key) => volume.DeleteFolder(home.WorkFolder(key.Run, key.Epoch));

    public void Sweep(RunEntry entry)
    {
        SweepWork(entry.WorkKey);
        volume.DeleteFolder(home.RunFolder(entry.Run, entry.WorkEpoch));
        volume.DeleteFolder(home.RunFolder(entry.Run, entry.Epoch));
    }

    /// <summary>
    /// Removes what no entry of the journal speaks of: a crash came between the files and the record. To be done before anything
    /// is handed over, since that lies there for a moment before its record does.
    /// </summary>
    public int SweepStrays(RunBook book)
    {
        var kept = book.Entries.Values.Where(entry => !entry.Swept || entry.Stage == RunStage.Sealed)
            .SelectMany(entry => new[] { entry.Key.ToString(), entry.WorkKey.ToString() })
            .ToHashSet(StringComparer.Ordinal);
        return Delete(volume.Folders(home.Runs).Where(folder => !kept.Contains(Path.GetFileName(folder))));
    }

    /// <summary>Removes the plaintext of works that were under way. To be done before any begins.</summary>
    public int SweepWorks() => Delete(volume.Folders(home.Work));

    private int Delete(IEnumerable<string> folders)
    {
        var all = folders.ToList();
        all.ForEach(volume.DeleteFolder);
        return all.Count;
    }

    private byte[]? Find(string path, Digest? written) =>
        volume.HasFile(path) && volume.Read(path) is var content && (written is null || Digest.Of(content) == written) ? content : null;
}
