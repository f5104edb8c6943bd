using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Vantage.NodeAgent.Runs.Journal;
using Vantage.NodeAgent.Runs.Storage;
using Vantage.Protocol.Hub;

namespace Vantage.Tests.NodeAgent.Runs;

/// <summary>What a power cut tears is cut off; what a disk changes is noticed. Nothing that was acknowledged goes missing.</summary>
public sealed class RecordFileTests : IDisposable
{
    private readonly string folder = MemoryFolder.Create("vantage-journal-");

    private string FilePath => Path.Combine(folder, "journal");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Records_AreThereAfterOpeningAgain() =>
        Prop.ForAll(Arb.From(Gen.Choose(0, 300).ListOf()), sizes =>
        {
            var records = sizes.Select(Record).ToList();
            Write(records);
            return ReadBack().SequenceEqual(records);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void CutAnywhere_LeavesTheWholeRecordsBeforeTheCut()
    {
        var records = new[] { 1, 40, 300, 2 }.Select(Record).ToList();
        Write(records);
        var whole = File.ReadAllBytes(FilePath);
        var ends = records.Select((_, i) => 8 + records.Take(i + 1).Sum(r => Frame.HeaderSize + r.Length)).ToList();

        for (var length = 0; length <= whole.Length; length++)
        {
            File.WriteAllBytes(FilePath, whole[..length]);
            Assert.Equal(records.Take(ends.Count(end => end <= length)), ReadBack());
        }
    }

    [Fact]
    public void CutAnywhereWithZerosInThePlaceOfTheRest_LeavesTheWholeRecordsBeforeTheCut()
    {
        var records = new[] { 5, 40 }.Select(Record).ToList();
        Write(records);
        var whole = File.ReadAllBytes(FilePath);
        var first = 8 + Frame.HeaderSize + records[0].Length;

        for (var length = first; length < whole.Length; length++)
        {
            File.WriteAllBytes(FilePath, [.. whole[..length], .. new byte[whole.Length - length]]);
            Assert.Equal(records.Take(1), ReadBack());
        }
    }

    [Fact]
    public void AnyFlippedBit_IsNoticed()
    {
        var records = new[] { 5, 40, 3 }.Select(Record).ToList();
        Write(records);
        var whole = File.ReadAllBytes(FilePath);

        for (var bit = 0; bit < whole.Length * 8; bit++)
        {
            var changed = whole.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            File.WriteAllBytes(FilePath, changed);
            var error = Assert.Throws<JournalException>(ReadBack);
            Assert.Contains(FilePath, error.Message);
            Assert.Equal(changed, File.ReadAllBytes(FilePath));
        }
    }

    [Fact]
    public void AppendAfterATornEnd_IsWhole()
    {
        Write([Record(5), Record(40)]);
        var whole = File.ReadAllBytes(FilePath);
        File.WriteAllBytes(FilePath, whole[..^3]);

        using (var file = RecordFile.Open(LocalVolume.Instance, FilePath, _ => { }))
        {
            Assert.Equal(whole.Length - 3 - (8 + Frame.HeaderSize + Record(5).Length), file.TornBytes);
            file.Append(Encoding.UTF8.GetBytes(Record(7)));
        }

        Assert.Equal([Record(5), Record(7)], ReadBack());
    }

    [Fact]
    public void Rewrite_ReplacesAllAndGoesOn()
    {
        Write([Record(1), Record(2)]);
        using (var file = RecordFile.Open(LocalVolume.Instance, FilePath, _ => { }))
        {
            file.Rewrite([Encoding.UTF8.GetBytes(Record(9))]);
            file.Append(Encoding.UTF8.GetBytes(Record(4)));
        }

        Assert.Equal([Record(9), Record(4)], ReadBack());
    }

    [Fact]
    public void LeftOversOfACrashedRewrite_AreIgnored()
    {
        Write([Record(1)]);
        File.WriteAllText(FilePath + ".new", "half of a new journal");

        Assert.Equal([Record(1)], ReadBack());
    }

    [Fact]
    public void RecordOfANewerVersion_StopsTheNodeAndSaysSo()
    {
        Write(["{\"is\":\"something-new\"}"]);

        var error = Assert.Throws<JournalException>(() => RunJournal.Open(FilePath));

        Assert.Contains("newer Vantage", error.Message);
    }

    [Fact]
    public void Journal_OfANodeThatIsStartedOften_IsCompactedToo()
    {
        using (RunJournal.Open(FilePath))
        {
        }

        var set = Frame.Write("{\"is\":\"mode\",\"mode\":\"Active\"}"u8);
        File.AppendAllBytes(FilePath, [.. Enumerable.Repeat(set, 40_000).SelectMany(frame => frame)]);

        using var journal = RunJournal.Open(FilePath);
        Assert.True(new FileInfo(FilePath).Length > 1024 * 1024);
        Assert.True(journal.CompactIfWorthwhile());
    }

    [Fact]
    public void Journal_IsCompactedAndMeansTheSame()
    {
        using var journal = RunJournal.Open(FilePath);
        for (var i = 0; new FileInfo(FilePath).Length < 1024 * 1024; i++)
        {
            journal.Write(new JournalRecord.ModeSet(i % 2 == 0 ? NodeMode.Paused : NodeMode.Active));
        }

        journal.Write(new JournalRecord.ModeSet(NodeMode.Paused));
        Assert.True(journal.CompactIfWorthwhile());

        Assert.True(new FileInfo(FilePath).Length < 200);
        journal.Dispose();
        using var again = RunJournal.Open(FilePath);
        Assert.Equal(NodeMode.Paused, again.Book.Mode);
    }

    private static string Record(int size) => $"{{\"{new string('x', size)}\":1}}";

    private void Write(IEnumerable<string> records)
    {
        File.Delete(FilePath);
        using var file = RecordFile.Open(LocalVolume.Instance, FilePath, _ => { });
        foreach (var record in records)
        {
            file.Append(Encoding.UTF8.GetBytes(record));
        }
    }

    private List<string> ReadBack()
    {
        var read = new List<string>();
        using var file = RecordFile.Open(LocalVolume.Instance, FilePath, payload => read.Add(Encoding.UTF8.GetString(payload.Span)));
        return read;
    }
}
