using System.Text;
using System.Text.Json;
using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Runs;
using Vantage.NodeAgent.Runs.Delivering;
using Vantage.NodeAgent.Runs.Journal;
using Vantage.NodeAgent.Runs.Storage;
using Vantage.NodeAgent.Runs.Working;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Manifests;
using Vantage.Protocol.Receipts;
using Vantage.Tests.Simulation;
using Vantage.Tests.Simulation.Nodes;

namespace Vantage.Tests.NodeAgent.Runs.Damage;

/// <summary>What lies on the disk of a node that stopped amid its work: runs to begin, to deliver, delivered and given up.</summary>
internal sealed class Shelf(IVolume disk, NodeHome home)
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddYears(56);
    private static readonly EncryptionKey Reader = EncryptionKey.Create();

    private readonly SimSealing sealing = new(NodeId.From(World.Number(7)));
    private readonly RunFolders folders = new(home, disk);
    private RunBook book = RunBook.Empty;

    /// <summary>What the journal meant after each of its records; the first, before any.</summary>
    public List<string> Meanings { get; } = [Meaning(RunBook.Empty)];

    public Dictionary<RunId, ClaimedRun> Claims { get; } = [];

    public Dictionary<RunId, string> Receipts { get; } = [];

    public Dictionary<Digest, byte[]> Payloads { get; } = [];

    public async Task FillAsync(CancellationToken cancellationToken)
    {
        disk.CreateFolder(home.State);
        folders.Prepare();
        using var journal = RunJournal.Open(disk, home.Journal);
        foreach (var number in Enumerable.Range(1, 8))
        {
            var key = await ClaimAsync(journal, number, 1, cancellationToken);
            if (number <= 2)
            {
                continue;
            }

            if (number == 3)
            {
                Write(journal, new JournalRecord.Dropped(key.Run, 1, DropCause.Stopped));
                continue;
            }

            await SealAsync(journal, key, number, cancellationToken);
            if (number == 5)
            {
                await ClaimAsync(journal, number, 2, cancellationToken);
            }
            else if (number == 6)
            {
                Write(journal, new JournalRecord.Acknowledged(key.Run, 1, CommitOutcome.Committed, Now));
            }
        }
    }

    /// <summary>As the node would after its start: says whether it refused, else checks all that it would do.</summary>
    public async Task<bool> ReopenAsync(IVolume damaged, CancellationToken cancellationToken)
    {
        RunBook read;
        try
        {
            using var journal = RunJournal.Open(damaged, home.Journal);
            read = journal.Book;
        }
        catch (JournalException)
        {
            return false;
        }

        Assert.Contains(Meaning(read), Meanings);
        var there = new RunFolders(home, damaged);
        var builder = new CommitBuilder(there, null!, sealing, TimeProvider.System);
        foreach (var entry in read.Entries.Values)
        {
            if (entry.Stage == RunStage.Claimed && there.FindClaim(entry.Key, entry.Claim) is { } claim)
            {
                Assert.Equal(Claims[entry.Run].Manifest, claim.Manifest);
                Assert.Equal(Claims[entry.Run].Input, claim.Input);
            }
            else if (entry.Stage == RunStage.Sealed)
            {
                Check(entry, await builder.BuildAsync(entry, int.MaxValue, [], new SemaphoreSlim(1), () => { }, cancellationToken));
            }
        }

        return true;
    }

    private static string Meaning(RunBook book) =>
        string.Join('\n', book.Snapshot().Select(record => JsonSerializer.Serialize(record, JournalJson.Default.JournalRecord)).Order(StringComparer.Ordinal));

    /// <summary>Exactly what was sealed, or an honest word that it is lost.</summary>
    private void Check(RunEntry entry, CommitRequest commit)
    {
        Assert.Equal((entry.Run, entry.Epoch), (commit.Run, commit.Epoch));
        if (SimSealing.Read(commit.Receipt).Code == RunCodes.ResultDamaged)
        {
            Assert.Empty(commit.Payloads);
            return;
        }

        Assert.Equal(Receipts[entry.Run], commit.Receipt);
        Assert.All(commit.Payloads, payload => Assert.Equal(Payloads[payload.Digest], payload.Inline));
    }

    private async Task<RunKey> ClaimAsync(RunJournal journal, int number, long epoch, CancellationToken cancellationToken)
    {
        var manifest = Manifest(number);
        var claim = new ClaimedRun(
            manifest.Targets[0].Run, manifest.Task, epoch, Unsigned.Jws(manifest), null, Encoding.ASCII.GetBytes($"input {number}"));
        var written = await folders.WriteClaimAsync(claim, cancellationToken);
        Write(journal, new JournalRecord.Claimed(claim.Run, epoch, claim.Task, manifest.NotAfter, LostNodePolicy.Wait, manifest.NotAfter, Claim: written));
        Claims[claim.Run] = claim;
        return new RunKey(claim.Run, epoch);
    }

    private async Task SealAsync(RunJournal journal, RunKey key, int number, CancellationToken cancellationToken)
    {
        var work = folders.PrepareWork(key);
        var output = Encoding.ASCII.GetBytes($"{{\"answer\": {number}}}");
        await disk.WriteAsync(work + "/output", output, cancellationToken);
        await disk.WriteAsync(work + "/log", Encoding.ASCII.GetBytes($"line {number}"), cancellationToken);
        var manifest = Manifest(number);
        var end = number == 8
            ? (RunEnd)new RunEnd.Failed(RunCodes.AlgorithmFailed, "It failed.", "why", new ExecutionFacts())
            : new RunEnd.Succeeded(work + "/output", output.Length, Digest.Of(output), new ExecutionFacts(), number == 7 ? work + "/log" : null);
        var job = new SealJob(key, manifest.Task, manifest, Digest.OfText(Unsigned.Jws(manifest)), [Reader.PublicKey], end, new ReceiptPolicy("p", "r"));
        var record = await new RunSealer(folders, sealing, TimeProvider.System).SealAsync(job, cancellationToken);
        Write(journal, record);
        folders.SweepWork(key);
        var entry = book[key.Run]!;
        Receipts[key.Run] = folders.FindReceipt(entry)!;
        record.Payloads.ToList().ForEach(file => Payloads[file.Digest] = folders.FindPayload(key, file)!);
    }

    private void Write(RunJournal journal, JournalRecord record)
    {
        book = journal.Write(record);
        Meanings.Add(Meaning(book));
    }

    private static TaskManifest Manifest(int number) => new()
    {
        V = 1,
        Task = TaskId.From(World.Number(number)),
        Job = JobId.From(World.Number(number)),
        Collaboration = World.Collaborations.Single(),
        Type = TaskType.Analysis,
        Algorithm = AlgorithmRef.Builtin("summary", "1", Digest.OfText("summary").ToString()),
        Function = "partial",
        Targets =
        [
            new ManifestTarget
            {
                Organization = OrganizationId.From(World.Number(1)),
                Run = RunId.From(World.Number(1000 + number)),
                Node = NodeId.From(World.Number(7)),
                EncryptionKey = KeyId.OfSubjectPublicKeyInfo([1]),
                Input = new PayloadRef(Digest.OfText("input"), 5),
                Alternates = [],
            },
        ],
        Data = [],
        Resources = new ResourceRequest(),
        Recipients = [],
        LostNode = LostNodePolicy.Wait,
        NotBefore = Now,
        NotAfter = Now.AddDays(1),
        Nonce = "nonce",
    };
}
