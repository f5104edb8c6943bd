using Vantage.NodeAgent.Disclosure.Memory;
using Vantage.NodeAgent.Runs.Storage;
using Vantage.Tests.NodeAgent.Doubles;
using Vantage.Tests.Simulation.Disks;

namespace Vantage.Tests.NodeAgent.Disclosure.Memory;

/// <summary>What was decided is on the disk before anything leaves: neither a crash nor a race gives an answer back.</summary>
public sealed class AnswerMemoryTests : IDisposable
{
    private static readonly MemoryRules Rules = MemoryRules.Acro with { AnswersPerDay = 1000 };
    private readonly string folder = Directory.CreateTempSubdirectory("vantage-memory-").FullName;
    private readonly VirtualClock clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    private string FilePath => Path.Combine(folder, "answers", "memory");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void AfterARestart_ItIsKnownWhatLeft_AndRowsAreKnownAgain()
    {
        using (var before = Open())
        {
            Assert.IsType<MemoryVerdict.Goes>(before.Take(MemoryBookTests.Ask(Watched(before, 40)), Rules));
        }

        using var after = Open();

        Assert.IsType<MemoryVerdict.Tells>(after.Take(MemoryBookTests.Ask(Watched(after, 39)), Rules));
        Assert.IsType<MemoryVerdict.Goes>(after.Take(MemoryBookTests.Ask(Watched(after, 40)), Rules));
    }

    [Fact]
    public void CutAnywhere_ItKnowsAllThatWasDecidedBeforeTheCut()
    {
        var ends = new List<long>();
        using (var memory = Open())
        {
            foreach (var rows in new[] { 40, 60, 80 })
            {
                memory.Take(MemoryBookTests.Ask(Watched(memory, rows)), Rules);
                ends.Add(new FileInfo(FilePath).Length);
            }
        }

        var whole = File.ReadAllBytes(FilePath);
        for (var length = (int)ends[0]; length <= whole.Length; length += 7)
        {
            File.WriteAllBytes(FilePath, whole[..length]);
            using var memory = Open();
            foreach (var (rows, end) in new[] { 40, 60, 80 }.Zip(ends).Where(pair => pair.Second <= length))
            {
                Assert.IsType<MemoryVerdict.Tells>(memory.Take(MemoryBookTests.Ask(Watched(memory, rows + 1)), Rules));
            }
        }
    }

    [Fact]
    public void PowerThatFailsAnywhere_TakesNothingBackThatWasLetGo()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var random = new Random(seed);
            var disk = new SimDisk(random);
            disk.CreateFolder("/node/state");
            var (left, acts) = (new List<int>(), random.Next(3, 25));
            try
            {
                using var memory = AnswerMemory.Open(disk, "/node/state/answers/memory", clock);
                // From some moment on the disk takes only part of what it is given, and then nothing.
                disk.Fault = (_, bytes) => acts-- > 0 ? bytes : acts == -1 ? random.Next(bytes) : 0;
                foreach (var rows in Enumerable.Range(2, 12).Select(tens => 10 * tens))
                {
                    Assert.IsType<MemoryVerdict.Goes>(memory.Take(MemoryBookTests.Ask(Watched(memory, rows)), Rules));
                    left.Add(rows);
                }
            }
            catch (Exception e) when (e is IOException or JournalException)
            {
                // What was not decided did not leave.
            }

            disk.Fault = null;
            disk.CutPower();
            using var after = AnswerMemory.Open(disk, "/node/state/answers/memory", clock);
            Assert.All(left, rows => Assert.IsType<MemoryVerdict.Tells>(after.Take(MemoryBookTests.Ask(Watched(after, rows + 1)), Rules)));
        }
    }

    [Fact]
    public void AChangedByte_IsNoMemory()
    {
        using (var memory = Open())
        {
            memory.Take(MemoryBookTests.Ask(Watched(memory, 40)), Rules);
        }

        var bytes = File.ReadAllBytes(FilePath);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(FilePath, bytes);

        Assert.Throws<JournalException>(Open);
    }

    [Fact]
    public void ADiskThatTakesNothing_LetsNothingLeave()
    {
        using var disk = new SmallDisk(1);
        using var memory = AnswerMemory.Open(LocalVolume.Instance, Path.Combine(disk.Root, "answers", "memory"), clock);
        var known = Watched(memory, 40);
        memory.Take(MemoryBookTests.Ask(known), MemoryRules.Acro);
        disk.Fill();

        // The last page of its file still has some room.
        Assert.Throws<IOException>(() => Enumerable.Range(6, 20).Select(tens => memory.Take(MemoryBookTests.Ask(Watched(memory, 10 * tens)), MemoryRules.Acro)).ToList());
        Assert.IsType<MemoryVerdict.Goes>(memory.Take(MemoryBookTests.Ask(known), MemoryRules.Acro));
    }

    [Fact]
    public async Task OfManyAtOnce_NoTwoThatTellOfAFewLeave_AndNoMoreThanTheDaysAnswers()
    {
        using var memory = Open();
        var rules = MemoryRules.Acro with { AnswersPerDay = 5 };
        var scopes = Enumerable.Range(0, 64).Select(i => Watched(memory, 50 + (i % 9))).ToList();

        var verdicts = await Task.WhenAll(scopes.Select(scope => Task.Run(() => memory.Take(MemoryBookTests.Ask(scope), rules))));

        var left = scopes.Zip(verdicts).Where(pair => pair.Second is MemoryVerdict.Goes).ToList();
        Assert.Single(left.Select(pair => pair.First.All.Rows).Distinct());
        Assert.InRange(left.Count, 1, 5);
    }

    [Fact]
    public void TheFile_DoesNotGrowWithAnswersThatTellNothingNew_NorWithDaysThatAreOver()
    {
        using (var memory = Open())
        {
            var scope = Watched(memory, 40);
            memory.Take(MemoryBookTests.Ask(scope), MemoryRules.Acro);
            var first = new FileInfo(FilePath).Length;
            for (var i = 0; i < 100; i++)
            {
                memory.Take(MemoryBookTests.Ask(scope), MemoryRules.Acro);
            }

            Assert.Equal(first, new FileInfo(FilePath).Length);
            Assert.InRange(first, 300, 1000);
        }
    }

    private AnswerMemory Open() => AnswerMemory.Open(LocalVolume.Instance, FilePath, clock);

    private static RowScope Watched(AnswerMemory memory, int rows)
    {
        var watch = memory.Watch(Rules, "patients")!;
        for (var i = 0; i < rows; i++)
        {
            watch.Cell([(byte)i]);
            watch.EndRow(complete: true);
        }

        return Assert.Single(watch.Scopes(rows)!);
    }
}
