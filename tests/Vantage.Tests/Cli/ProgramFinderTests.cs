using Vantage.Cli.CommandLine;
using Vantage.Cli.Programs;
using Vantage.Client.Errors;
using Vantage.Tests.Client;

namespace Vantage.Tests.Cli;

public sealed class ProgramFinderTests : IDisposable
{
    private static readonly string Executable = OperatingSystem.IsWindows() ? "Vantage.NodeAgent.exe"
        : "Vantage.NodeAgent";
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void InACheckout_ItLiesInItsProjectsFolder()
    {
        var program = Put("bin", "Vantage.NodeAgent", "release", Executable);

        Assert.Equal(program, ProgramFinder.NodeAgent.Find(null,
            Path.Combine(folder.Path, "bin", "Vantage.Cli", "release")));
    }

    [Fact]
    public void Published_ItLiesBesideTheCommand()
    {
        var program = Put("node", Executable);

        Assert.Equal(program, ProgramFinder.NodeAgent.Find(null, folder["cli"]));
    }

    [Fact]
    public void AVariable_OutranksBoth()
    {
        Put("node", Executable);
        var other = Put("elsewhere", "mine");

        Assert.Equal(other, ProgramFinder.NodeAgent.Find(other, folder["cli"]));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("/no/such/program")]
    public void WhereItIsNot_TheErrorSaysWhereItWasLookedForAndWhatToSet(string? variable)
    {
        var missing = Assert.Throws<VantageException>(() => ProgramFinder.NodeAgent.Find(variable, folder["cli"]));

        Assert.Equal(ExitCodeOf.ProgramMissing, missing.Code);
        Assert.Contains("VANTAGE_NODEAGENT", missing.Message, StringComparison.Ordinal);
        Assert.Contains(variable ?? folder.Path, missing.What, StringComparison.Ordinal);
    }

    private string Put(params string[] path)
    {
        var file = Path.Combine([folder.Path, .. path]);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "");
        return file;
    }
}
