using Microsoft.Extensions.Logging.Abstractions;
using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Trust;
using Vantage.Tests.NodeAgent.Doubles;
using Vantage.Tests.Protocol;

namespace Vantage.Tests.NodeAgent.Trust;

public sealed class PinBoardTests : IDisposable
{
    private readonly Alliance alliance = new();
    private readonly NodeHome home = NodeHome.At(Directory.CreateTempSubdirectory("vantage-pins-").FullName);

    public PinBoardTests()
    {
        Directory.CreateDirectory(home.State);
        File.WriteAllText(home.OwnRoot, alliance.Hospital.Root.ToPem());
    }

    public void Dispose() => Directory.Delete(home.Root, recursive: true);

    [Fact]
    public void NoStatement_NobodyIsBelieved()
    {
        var board = Board();

        Assert.Empty(board.RootsOf(alliance.Hospital.Id));
        Assert.Contains("There is no", board.Problem);
    }

    [Fact]
    public void Statement_IsReadAnewWhenItChanges()
    {
        var board = Board();
        Install(alliance.Pins(1, alliance.Hospital));
        Assert.Empty(board.RootsOf(alliance.University.Id));

        Install(alliance.Pins(2));

        Assert.Single(board.RootsOf(alliance.University.Id));
        Assert.Null(board.Problem);
    }

    [Fact]
    public void OlderStatement_IsRefusedAlsoAfterARestart()
    {
        Install(alliance.Pins(5));
        Assert.Single(Board().RootsOf(alliance.University.Id));

        Install(alliance.Pins(4));
        var board = Board();

        Assert.Empty(board.RootsOf(alliance.University.Id));
        Assert.Contains("serial 4, but 5", board.Problem);
    }

    [Fact]
    public void StatementOfAnotherOrganization_LeavesTheEarlierPinsInForce()
    {
        Install(alliance.Pins(1));
        var board = Board();
        Assert.Single(board.RootsOf(alliance.University.Id));

        Install(new Alliance().Pins(2));

        Assert.Single(board.RootsOf(alliance.University.Id));
        Assert.Contains("can't be used", board.Problem);
    }

    [Fact]
    public void WhoOnlyLooks_LeavesNothingBehind()
    {
        Install(alliance.Pins(5));
        var board = new PinBoard(home, new VirtualClock(Partner.Now), NullLogger<PinBoard>.Instance) { RemembersSerial = false };

        Assert.NotNull(board.Statement);
        Assert.Empty(Directory.EnumerateFileSystemEntries(home.State));
    }

    private PinBoard Board() => new(home, new VirtualClock(Partner.Now), NullLogger<PinBoard>.Instance);

    private void Install(string statement)
    {
        File.WriteAllText(home.Pins, statement);

        // Two writes within one tick of the file system's clock look alike where the length is the same, too.
        File.SetLastWriteTimeUtc(home.Pins, File.GetLastWriteTimeUtc(home.Pins).AddSeconds(writes++));
    }

    private int writes;
}
