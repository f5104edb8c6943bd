using System.Text;
using System.Text.Json;
using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Runs.Journal;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Json;

namespace Vantage.NodeAgent.Runs.Storage;

/// <summary>
/// The folders of runs: <c>state/runs</c> holds what was handed over and what is sealed, <c>state/work</c> what is being
/// worked on. What is in them counts once the journal says so.
/// </summary>
internal sealed class RunFolders(NodeHome home)
{
    private const string ClaimName = "claim.json";
    private const string ReceiptName = "receipt.jws";

    public void Prepare()
    {
        Durable.CreateFolder(home.Runs);
        Durable.CreateFolder(home.Work);
    }

    public async Task WriteClaimAsync(ClaimedRun claim, CancellationToken cancellationToken)
    {
        var folder = home.RunFolder(claim.Run, claim.Epoch);
        Durable.CreateFolder(folder);
        await Durable.WriteAsync(
            Path.Combine(folder, ClaimName), JsonSerializer.SerializeToUtf8Bytes(claim, ProtocolJson.Default.ClaimedRun), cancellationToken);
    }

    /// <summary>Null if the disk no longer has it.</summary>
    public async Task<ClaimedRun?> FindClaimAsync(RunKey key, CancellationToken cancellationToken)
    {
        var path = Path.Combine(home.RunFolder(key.Run, key.Epoch), ClaimName);
        try
        {
            return File.Exists(path)
                ? JsonSerializer.Deserialize(await File.ReadAllBytesAsync(path, cancellationToken), ProtocolJson.Default.ClaimedRun)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public string PayloadPath(RunKey key, PayloadKind kind) =>
        Path.Combine(home.RunFolder(key.Run, key.Epoch), kind.ToString().ToLowerInvariant() + ".sealed");

    public Task WriteReceiptAsync(RunKey key, string receipt, CancellationToken cancellationToken) =>
        Durable.WriteAsync(
            Path.Combine(home.RunFolder(key.Run, key.Epoch), ReceiptName), Encoding.ASCII.GetBytes(receipt), cancellationToken);

    /// <summary>Null once it was swept.</summary>
    public async Task<string?> FindReceiptAsync(RunKey key, CancellationToken cancellationToken)
    {
        var path = Path.Combine(home.RunFolder(key.Run, key.Epoch), ReceiptName);
        return File.Exists(path) ? await File.ReadAllTextAsync(path, cancellationToken) : null;
    }

    /// <summary>An empty folder for the plaintext of one run.</summary>
    public string PrepareWork(RunKey key)
    {
        SweepWork(key);
        var folder = home.WorkFolder(key.Run, key.Epoch);
        Durable.CreateFolder(folder);
        return folder;
    }

    public void SweepWork(RunKey key) => Delete(home.WorkFolder(key.Run, key.Epoch));

    public void Sweep(RunEntry entry)
    {
        SweepWork(entry.WorkKey);
        Delete(home.RunFolder(entry.Run, entry.WorkEpoch));
        Delete(home.RunFolder(entry.Run, entry.Epoch));
    }

    /// <summary>Removes what no entry of the journal speaks of: a crash came between the files and the record.</summary>
    public int SweepStrays(RunBook book)
    {
        var kept = book.Entries.Values.Where(entry => !entry.Swept || entry.Stage == RunStage.Sealed)
            .SelectMany(entry => new[] { entry.Key.ToString(), entry.WorkKey.ToString() })
            .ToHashSet(StringComparer.Ordinal);
        var strays = Directory.EnumerateDirectories(home.Runs)
            .Where(folder => !kept.Contains(Path.GetFileName(folder)))
            .Concat(Directory.EnumerateDirectories(home.Work))
            .ToList();
        strays.ForEach(Delete);
        return strays.Count;
    }

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
