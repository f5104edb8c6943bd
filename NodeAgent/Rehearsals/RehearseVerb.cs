using System.Text;
using System.Text.Json;
using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Hosting.Commands;
using Vantage.NodeAgent.Runtimes;
using Vantage.NodeAgent.Runtimes.Docker;
using Vantage.NodeAgent.Runtimes.Processes;
using Vantage.Protocol.Errors;

namespace Vantage.NodeAgent.Rehearsals;

/// <summary><c>rehearse</c>: runs an author's program over files as sites. <c>vantage algorithm test</c> finds the program.</summary>
internal static class RehearseVerb
{
    public static NodeVerb Verb { get; } = new("rehearse", "Run an algorithm over CSV files, each a site, as a node would.",
        [
            new("--program", "FILE", "The program,"),
            new("--interpreter", "FILE", "and what runs it, where it does not run by itself."),
            new("--image", "NAME", "Or an image, as the engine on this machine calls it,"),
            new("--engine", "SOCKET", "which listens here."),
            new("--function", "NAME", "Which function. Default: the central one."),
            new("--args", "JSON", "Its arguments, a JSON object. Default: {}."),
            new("--args-file", "FILE", "The same in a file."),
            new("--policy", "FILE", "Hold it to a site's policy.yaml; what the policy says is told."),
            new("--as", "REF", "What the policy is to take it for: oci:HOST/REPOSITORY, or builtin:NAME@VERSION. Default: the image's own name."),
            new("--source", "ID", "The source that each file stands for. Default: the only one that the policy names."),
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
            await using var image = await ImageAsync(call, cancellationToken);
            return await RunAsync(call, image?.Code ?? await ProgramAsync(call, folder.FullName, cancellationToken), folder.FullName, cancellationToken);
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

    private static async Task<int> RunAsync(VerbCall call, RehearsedCode code, string folder, CancellationToken cancellationToken)
    {
        var arguments = call.Find("--args-file") is { } path
            ? await File.ReadAllBytesAsync(path, cancellationToken)
            : Encoding.UTF8.GetBytes(call.Find("--args") ?? "{}");
        var stage = new RehearsalStage(code, (site, text) => Hear(call.Error, site, text), TimeProvider.System)
        {
            OneByOne = call.Find("--wait-for-debugger") is not null,
            Policy = call.Find("--policy") is { } policy ? RehearsalPolicy.Read(policy, NameOf(call, code), call.Find("--source")) : null,
        };
        var rehearsal = new Rehearsal(stage, code.Algorithm, SitesOf(call.Rest), TimeProvider.System);
        var report = await rehearsal.RunAsync(rehearsal.Function(call.Find("--function")), arguments, folder, cancellationToken);
        call.Answer(report, VerbJson.Default.RehearsalReport, text => Write(report, text));
        return report.Succeeded ? ExitCodes.Ok : ExitCodes.Failed;
    }

    private static async Task<RehearsalImage?> ImageAsync(VerbCall call, CancellationToken cancellationToken) => (call.Find("--image"), call.Find("--program")) switch
    {
        ({ } image, null) when call.Find("--wait-for-debugger") is null =>
            await RehearsalImage.OpenAsync(image, call.Find("--engine") ?? DockerSettings.DefaultSocket, cancellationToken),
        ({ }, null) => throw CommandFailure.Usage("Nothing gets into a sealed container, no debugger either: give the folder that the image is made of."),
        (null, { }) => null,
        _ => throw CommandFailure.Usage("Give --program or --image, one of them."),
    };

    private static async Task<RehearsedCode> ProgramAsync(VerbCall call, string folder, CancellationToken cancellationToken)
    {
        var program = RehearsalProgram.Of(call.Required("--program"), call.Find("--interpreter"), folder, call.Find("--wait-for-debugger") is not null);
        return new(new ProcessRuntime(program, TimeProvider.System), new RuntimeCode.Worker(), await RehearsalProgram.ManifestAsync(program, cancellationToken));
    }

    private static string NameOf(VerbCall call, RehearsedCode code) => call.Find("--as") ?? code.Name ?? throw CommandFailure.Usage(
        "A policy names algorithms by HOST/REPOSITORY, and this has no such name yet: say what it will be with --as oci:HOST/REPOSITORY.");

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
            if (run.Leaves is { } leaves)
            {
                text.WriteLine($"{run.Site}: {run.Function}: {leaves}");
            }
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
