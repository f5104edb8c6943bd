using FsCheck;
using FsCheck.Fluent;
using Vantage.NodeAgent.Approvals;
using Vantage.NodeAgent.Runs.Journal;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;
using Vantage.Protocol.Manifests;

namespace Vantage.Tests.NodeAgent.Runs;

public sealed class RunBookTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch.AddYears(56);
    private static readonly RunId[] Names = [.. Enumerable.Range(1, 3).Select(n => RunId.From(new Guid(n, 0, 0, new byte[8])))];
    private static readonly IReadOnlyList<SealedFile> Payloads = [];

    private static readonly Gen<JournalRecord> Records =
        from run in Gen.Elements(Names)
        from epoch in Gen.Choose(1, 4)
        from kind in Gen.Choose(0, 8)
        select kind switch
        {
            0 or 1 => new JournalRecord.Claimed(run, epoch, TaskId.From(run.Value), Start.AddHours(1), LostNodePolicy.Retry, Start.AddHours(1)),
            2 => new JournalRecord.Sealed(run, epoch, RunOutcome.Succeeded, null, Payloads),
            3 => new JournalRecord.Acknowledged(run, epoch, CommitOutcome.Committed, Start),
            4 => new JournalRecord.Dropped(run, epoch, DropCause.Stopped),
            6 => new JournalRecord.Asked(run, epoch, (ApprovalGate)(epoch % 2), Subject(epoch), "policy", "rule", Start, Start.AddMinutes(5)),
            7 => new JournalRecord.Answered(run, (ApprovalGate)(epoch % 2), Subject(epoch), (ApprovalWord)(epoch % 3), Start.AddMinutes(epoch * 2), "maria"),
            5 => new JournalRecord.Swept(run, epoch),
            _ => (JournalRecord)new JournalRecord.ModeSet(epoch % 2 == 0 ? NodeMode.Paused : NodeMode.Active),
        };

    private static readonly Arbitrary<List<JournalRecord>> Histories = Arb.From(Records.ListOf().Select(records => records.ToList()));

    private static Digest Subject(int epoch) => Digest.OfText(epoch > 2 ? "this" : "that");

    [Fact]
    public void AnyRecordTwice_EqualsOnce() =>
        Prop.ForAll(Histories, Arb.From(Records), (history, record) =>
            Meaning(Fold([.. history, record])).SequenceEqual(Meaning(Fold([.. history, record, record])))).QuickCheckThrowOnFailure();

    [Fact]
    public void Snapshot_MeansTheSameBook() =>
        Prop.ForAll(Histories, history =>
        {
            var book = Fold(history);
            var again = Fold(book.Snapshot());
            return Meaning(book).SequenceEqual(Meaning(again)) && book.Mode == again.Mode;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Epochs_NeverGoBackAndFinishedWorkStaysFinished() =>
        Prop.ForAll(Histories, Arb.From(Records), (history, record) =>
        {
            var (before, after) = (Fold(history), Fold(history).Apply(record));
            return before.Entries.Values.All(entry => after[entry.Run] is { } later && later.Epoch >= entry.Epoch
                && (entry.Outcome is null || (later.Outcome == entry.Outcome && later.WorkEpoch == entry.WorkEpoch && later.Stage != RunStage.Claimed)));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Siblings_AreCountedInTheOrderTheyCame()
    {
        var parent = TaskId.New(TimeProvider.System);
        var book = Fold(Names.Select(run => (JournalRecord)new JournalRecord.Claimed(
            run, 1, TaskId.From(run.Value), Start, LostNodePolicy.Wait, Start.AddDays(1), parent)));

        Assert.Equal([0, 1, 2], Names.Select(book.EarlierSiblings));
        Assert.Equal([0, 1, 2], Names.Select(Fold(book.Snapshot()).EarlierSiblings));
    }

    private static RunBook Fold(IEnumerable<JournalRecord> records) =>
        records.Aggregate(RunBook.Empty, (book, record) => book.Apply(record));

    private static IEnumerable<RunEntry> Meaning(RunBook book) =>
        book.Entries.Values.OrderBy(entry => entry.Order).Select(entry => entry with { Order = 0 });
}
