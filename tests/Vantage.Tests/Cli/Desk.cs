using System.Text.Json;
using Vantage.Tests.Client;
using Vantage.Tests.Coordinator.Hosting;

namespace Vantage.Tests.Cli;

/// <summary>People with homes of their own who type commands at a running Coordinator.</summary>
internal sealed class Desk(RunningCoordinator coordinator) : IDisposable
{
    public TempFolder Folder { get; } = new();

    /// <summary>Names are of one test, since the Coordinator is of many.</summary>
    public string Tag { get; } = Guid.CreateVersion7().ToString("N")[^12..];

    public void Dispose() => Folder.Dispose();

    public Task<CliRun> RunAsync(string person, params IEnumerable<string> words) => RunAsync(null, person, words);

    /// <param name="answers">What the person types when asked.</param>
    /// <param name="person">Whose home.</param>
    /// <param name="words">The command line.</param>
    public Task<CliRun> RunAsync(string? answers, string person, IEnumerable<string> words) =>
        CliRun.OfAsync(answers, [.. words, "--home", Folder[person]]);

    /// <summary>A command that has to succeed; what <c>--quiet</c> prints of it.</summary>
    public async Task<string> TypeAsync(string person, params IEnumerable<string> words)
    {
        var run = await RunAsync(person, [.. words, "--quiet"]);
        Assert.True(run.ExitCode == 0, $"vantage {string.Join(' ', words)} ended with {run.ExitCode}: {run.Error}");
        return run.Out.Trim();
    }

    /// <summary>A command that has to succeed; the one line that <c>--json</c> prints of it.</summary>
    public async Task<JsonElement> AskAsync(string person, params IEnumerable<string> words)
    {
        var run = await RunAsync(person, [.. words, "--json"]);
        Assert.True(run.ExitCode == 0, $"vantage {string.Join(' ', words)} ended with {run.ExitCode}: {run.Error}");
        Assert.Equal(1, run.Out.Count(c => c == '\n'));
        return JsonDocument.Parse(run.Out).RootElement.Clone();
    }

    public async Task AdminLogsInAsync()
    {
        await File.WriteAllTextAsync(Folder["admin.token"], coordinator.AdminToken);
        await TypeAsync("admin", "login", "--url", coordinator.Listening, "--token-file", Folder["admin.token"]);
    }

    /// <summary>An organization of this name (made unique), and its admin, logged in as <c>name</c>.</summary>
    public async Task<string> FoundAsync(string name)
    {
        var organization = await TypeAsync("admin", "org", "create", $"{name} {Tag}");
        await HireAsync(name, organization, "organization-admin");
        return organization;
    }

    public async Task<string> HireAsync(string name, string organization, string role)
    {
        var user = await TypeAsync("admin", "user", "create", $"{name} {Tag}", "--organization", organization, "--role",
            role,
            "--token-file", Folder[$"{name}.token"]);
        await TypeAsync(name, "login", "--url", coordinator.Listening, "--token-file", Folder[$"{name}.token"]);
        return user;
    }

    /// <summary>Organizations see each other once they work together.</summary>
    public Task<string> JoinAsync(params IEnumerable<string> organizations) => TypeAsync("admin",
        ["collaboration", "create", $"tumours {Tag}", .. organizations.SelectMany(o => new[] { "--organization", o })]);

    /// <summary>Gives the organization's admin a root; its fingerprint.</summary>
    public async Task<string> RootAsync(string admin)
    {
        await File.WriteAllTextAsync(Folder["passphrase"], "correct horse battery staple\n");
        return await TypeAsync(admin, "keys", "init", "--passphrase-file", Folder["passphrase"]);
    }

    /// <summary>The same command again, until it ends as wished for; at most a minute.</summary>
    public async Task<CliRun> UntilAsync(Func<CliRun, bool> wished, string person, params string[] words)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        while (true)
        {
            var run = await RunAsync(person, words);
            if (wished(run))
            {
                return run;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), limit.Token);
        }
    }

    public string[] Passphrase => ["--passphrase-file", Folder["passphrase"]];
}
