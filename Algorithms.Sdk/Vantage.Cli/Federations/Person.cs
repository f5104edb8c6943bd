using System.Text.Json;
using Vantage.Cli.CommandLine;
using Vantage.Client.Errors;

namespace Vantage.Cli.Federations;

/// <summary>
/// Somebody of a federation on this machine, with a home of their own. What they do they do by the commands that anybody
/// would type; there is no other way in.
/// </summary>
internal sealed class Person(string name, string home, CancellationToken stop)
{
    public string Name => name;

    public string Home => home;

    /// <summary>Types a command; what <c>--quiet</c> prints of it.</summary>
    public Task<string> TypeAsync(params IEnumerable<string> words) => RunAsync([.. words, "--quiet", "--yes"]);

    /// <summary>Types a command; what <c>--json</c> prints of it.</summary>
    public async Task<JsonElement> AskAsync(params IEnumerable<string> words)
    {
        using var answer = JsonDocument.Parse(await RunAsync([.. words, "--json", "--yes"]));
        return answer.RootElement.Clone();
    }

    private async Task<string> RunAsync(IReadOnlyList<string> words)
    {
        await using var output = new StringWriter { NewLine = "\n" };
        await using var errors = new StringWriter { NewLine = "\n" };
        var exitCode = await VantageCommand.RunAsync([.. words, "--home", home], new CliConsole(TextReader.Null, output, errors), stop);
        stop.ThrowIfCancellationRequested();
        return exitCode == 0
            ? output.ToString().Trim()
            : throw new VantageException(LocalFederation.Failed,
                $"'vantage {string.Join(' ', words)}', typed as {name}, ended with {exitCode}:\n{errors.ToString().Trim()}");
    }
}
