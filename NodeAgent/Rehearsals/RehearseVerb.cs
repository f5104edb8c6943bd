using System.Text;
using System.Text.Json;
using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Hosting.Commands;
using Vantage.Protocol.Errors;

namespace Vantage.NodeAgent.Rehearsals;

/// <summary><c>rehearse</c>: runs an author's program over files as sites. <c>vantage algorithm test</c> finds the program.</summary>
internal static class RehearseVerb
{
    public static NodeVerb Verb { get; } = new("rehearse", "Run an algorithm's program over CSV files, each a site, as a node would.",
        [
            new("--program", "FILE", "The program.", Required: true),
            new("--interpreter", "FILE", "What runs it, where it does not run by itself."),
            new("--function", "NAME", "Which function. Default: the central one."),
            new("--args", "JSON", "Its arguments, a JSON object. Default: {}."),
            new("--args-file", "FILE", "The same in a file."),
            new("--wait-for-debugger", null, "Let each function wait for a debugger; the log says where. One site after the other."),
        ], RunAsync)
        {
            TakesRest = true,
        };

    private static async Task<int> RunAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("vtg-rehearsal-");
        try
        {
            var program = RehearsalProgram.Of(call.Required("--program"), call.Find("--interpreter"), folder.FullName, call.Find("--wait-for-debugger") is not null);
            var algorithm = await RehearsalProgram.ManifestAsync(program, cancellationToken);
            var arguments = call.Find("--args-file") is { } path
                ? await File.ReadAllBytesAsync(path, cancellationToken)
                : Encoding.UTF8.GetBytes(call.Find("--args") ?? "{}");
            var stage = new RehearsalStage(program, (site, text) => Hear(call.Error, site, text), TimeProvider.System)
            {
                OneByOne = call.Find("--wait-for-debugger") is not null,
            };
            var rehearsal = new Rehearsal(stage, algorithm, SitesOf(call.Rest), TimeProvider.System);
            var report = await rehearsal.RunAsync(rehearsal.Function(call.Find("--function")), arguments, folder.FullName, cancellationToken);
            call.Answer(report, VerbJson.Default.RehearsalReport, text => Write(report, text));
            return report.Succeeded ? ExitCodes.Ok : ExitCodes.Failed;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCodes.Interrupted;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static List<RehearsalSite> SitesOf(IReadOnlyList<string> words)
    {
        var sites = words.Select(word => word.IndexOf('=', StringComparison.Ordinal) is > 0 and var at
            ? new RehearsalSite(word[..at], Path.GetFullPath(word[(at + 1)..]))
            : new RehearsalSite(Path.GetFileNameWithoutExtension(word), Path.GetFullPath(word))).ToList();
        return sites switch
        {
            [] => throw CommandFailure.Usage("Give at least one CSV file; each is a site."),
            _ when sites.FirstOrDefault(site => !File.Exists(site.Path)) is { } absent => throw CommandFailure.Configuration($"There is no file {absent.Path}."),
            _ when sites.GroupBy(site => site.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice =>
                throw CommandFailure.Usage($"Two sites are called '{twice.Key}'. Name them: --data NAME=FILE."),
            _ => sites,
        };
    }

    /// <summary>Live, line by line, with who said it.</summary>
    private static void Hear(TextWriter error, string? site, string text)
    {
        lock (error)
        {
            foreach (var line in text.TrimEnd('\n').Split('\n'))
            {
                error.WriteLine($"{site ?? "central"} | {line}");
            }
        }
    }

    private static void Write(RehearsalReport report, TextWriter text)
    {
        foreach (var run in report.Sites)
        {
            text.WriteLine($"{run.Site}: {run.Function}: {Words(run.Failure, run.Result, run.Size)}");
        }

        if (report.Result is not null || report.Failure is not null)
        {
            text.WriteLine($"{report.Function}: {Words(report.Failure, report.Result, null)}");
        }
    }

    private static string Words(Vantage.Protocol.Algorithms.RunFailure? failure, JsonElement? result, long? size) => (failure, result) switch
    {
        ({ Detail: { } detail } f, _) => new StringBuilder($"{f.Code}: {f.Message}").AppendLine().Append(detail.TrimEnd()).ToString(),
        ({ } f, _) => $"{f.Code}: {f.Message}",
        (_, { } json) => json.GetRawText(),
        _ => $"{size} bytes that are not JSON",
    };
}
