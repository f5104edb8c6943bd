using Federation.Tests.Processes;

namespace Federation.Tests.Notebooks;

/// <summary>The packages for Python and R as <c>./build clients</c> makes them, installed into a folder of the test's own.</summary>
internal sealed class InstalledClients(TemporaryFolder folder, CancellationToken stop)
{
    private const string SystemPython = "/usr/bin/python3";

    public string Python => folder.Sub("venv/bin/python");

    private string RLibrary => folder.Sub("r-library");

    /// <summary>Python with Debian's cryptography and nothing else needed; no package index is asked.</summary>
    public async Task InstallAsync()
    {
        await RunAsync("bash", [Path.Combine(Programs.Repository, "build"), "clients", folder.Sub("packages")]);
        await RunAsync(SystemPython, ["-m", "venv", "--without-pip", "--system-site-packages", folder.Sub("venv")]);
        await RunAsync(SystemPython, ["-m", "pip", "--python", Python, "install", "--quiet", "--no-index", "--no-deps", Package("*.whl")]);
        Directory.CreateDirectory(RLibrary);
        await RunAsync("R", ["CMD", "INSTALL", "--no-test-load", "--no-byte-compile", "--no-docs", "-l", RLibrary, Package("*.tar.gz")]);
    }

    /// <summary>Runs a script as the owner of a home; what it says is given back, and failing fails the test.</summary>
    public Task<string> ScriptAsync(string interpreter, string home, params string[] words) =>
        RunAsync(interpreter, words, new Dictionary<string, string?>
        {
            ["VANTAGE_HOME"] = home, ["VANTAGE_CLI"] = Programs.Vantage, ["VANTAGE_PROFILE"] = null, ["R_LIBS"] = RLibrary,
            ["PYTHONDONTWRITEBYTECODE"] = "1",
        });

    private string Package(string pattern) => Assert.Single(Directory.GetFiles(folder.Sub("packages"), pattern));

    private async Task<string> RunAsync(string program, string[] words, IReadOnlyDictionary<string, string?>? environment = null)
    {
        await using var process = ChildProcess.Start(program, words, folder.Path, environment);
        var exitCode = await process.ExitAsync(stop);
        Assert.True(exitCode == 0, $"{program} {string.Join(' ', words)} ended with {exitCode}:\n{process.Output}");
        return process.Output;
    }
}
