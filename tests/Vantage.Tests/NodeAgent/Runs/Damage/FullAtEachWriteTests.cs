using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Runs.Storage;
using Vantage.Tests.NodeAgent.Doubles;

namespace Vantage.Tests.NodeAgent.Runs.Damage;

/// <summary>A real file system that fills up at each act in turn: what was recorded by then is whole, and nothing else is believed.</summary>
public sealed class FullAtEachWriteTests(ITestOutputHelper output)
{
    [Fact]
    public async Task FullAtEachWrite_LeavesAWholeJournalAndWholeResults()
    {
        using var disk = new SmallDisk(2);
        var (act, failed) = (0, 0);
        for (var hasFilled = true; hasFilled; disk.Free())
        {
            var home = new NodeHome(Path.Combine(disk.Root, $"node-{++act}"));
            Directory.CreateDirectory(home.Root);
            var volume = new FillingVolume(disk, act);
            var shelf = new Shelf(volume, home);
            try
            {
                await shelf.FillAsync(TestContext.Current.CancellationToken);
            }
            catch (IOException)
            {
                failed++;
            }

            disk.Free();
            hasFilled = volume.HasFilled;
            if (Directory.Exists(home.State))
            {
                Assert.True(await shelf.ReopenAsync(LocalVolume.Instance, TestContext.Current.CancellationToken), $"act {act}: the journal is whole");
            }

            Directory.Delete(home.Root, recursive: true);
        }

        output.WriteLine($"{act - 1} acts, the disk full at each in turn; {failed} of them failed");
        Assert.True(failed > 20, "most acts need room");
    }
}
