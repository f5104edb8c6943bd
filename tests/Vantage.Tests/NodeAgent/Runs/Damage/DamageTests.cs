using Vantage.NodeAgent.Hosting;
using Vantage.Tests.Simulation.Disks;

namespace Vantage.Tests.NodeAgent.Runs.Damage;

/// <summary>
/// Bits that flip and ends that go missing, in the journal and in every file of the outbox: the node notices, or the end was
/// torn; it delivers what was sealed or says that it is lost, and never anything else.
/// </summary>
public sealed class DamageTests(ITestOutputHelper output)
{
    private const int Times = 5_000;
    private static readonly NodeHome Home = new("/node");

    [Fact]
    public async Task WhateverADiskChanges_NoWrongResultIsSent()
    {
        var whole = new SimDisk(new Random(1));
        var shelf = new Shelf(whole, Home);
        await shelf.FillAsync(TestContext.Current.CancellationToken);
        var seen = new Dictionary<string, int>();

        for (var seed = 0; seed < Times; seed++)
        {
            var random = new Random(seed);
            var disk = whole.Copy();
            // The journal as often as all the rest together.
            var path = random.Next(2) == 0 ? Home.Journal : disk.Files[random.Next(disk.Files.Count)];
            var (damaged, how) = Damage(random, disk.Read(path));
            disk.Put(path, damaged);

            var starts = await shelf.ReopenAsync(disk, TestContext.Current.CancellationToken);

            Assert.True(starts || path == Home.Journal, $"seed {seed}: only the journal keeps a node from starting, not {path}");
            Assert.True(starts || disk.Read(path).SequenceEqual(damaged), $"seed {seed}: a journal that is refused is left alone");
            Assert.True(!starts || path != Home.Journal || how != "flipped" || damaged.SequenceEqual(whole.Read(path)),
                $"seed {seed}: a flipped journal is refused");
            var what = $"{(path == Home.Journal ? "journal" : Path.GetFileName(path))} {how}: {(starts ? "goes on" : "refused")}";
            seen[what] = seen.GetValueOrDefault(what) + 1;
        }

        output.WriteLine(string.Join('\n', seen.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Value,5} × {pair.Key}")));
    }

    private static (byte[] Damaged, string How) Damage(Random random, byte[] bytes)
    {
        var cut = random.Next(bytes.Length);
        switch (random.Next(4))
        {
            case 0:
                return (bytes[..cut], "cut off");
            case 1:
                return ([.. bytes[..cut], .. new byte[bytes.Length - cut]], "zero from somewhere on");
            default:
                var changed = bytes.ToArray();
                for (var flips = 1 + (random.Next(3) / 2 * random.Next(8)); flips > 0; flips--)
                {
                    changed[random.Next(changed.Length)] ^= (byte)(1 << random.Next(8));
                }

                return (changed, "flipped");
        }
    }
}
