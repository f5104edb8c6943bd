using System.Text.Json;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Printing;
using Vantage.Client.Errors;
using Vantage.Protocol.Api;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;

namespace Vantage.Cli.Tasks.Reading;

/// <summary>One site's result, error or log.</summary>
internal static class SiteResult
{
    private const long LargestShown = 16 * 1024 * 1024;

    public static async Task<SiteAnswer> ReadAsync(Invocation call, TaskView task, RunView run, string site,
        CancellationToken cancellationToken)
    {
        var state = TaskWords.State(run);
        if (run.Outcome == RunOutcome.Succeeded)
        {
            var payload = run.Payloads.FirstOrDefault(p => p.Kind == PayloadKind.Result);
            if (payload is null or { Size: > LargestShown })
            {
                await call.Client.RequireSignedAsync(task, run.Id, cancellationToken);
                return new(run.Id, site, state, null, null,
                    $"{payload?.Size ?? 0} bytes; write it to a file: --site {site} --out FILE", null);
            }

            try
            {
                return new(run.Id, site, state, null, null, null,
                    await call.Client.ResultAsync(task, run.Id, CliJson.Default.JsonElement, cancellationToken));
            }
            catch (VantageException e) when (e.InnerException is JsonException)
            {
                return new(run.Id, site, state, null, null, $"not JSON; write it to a file: --site {site} --out FILE",
                    null);
            }
        }

        if (run.Payloads.All(p => p.Kind != PayloadKind.Error || !p.Available))
        {
            await call.Client.RequireSignedAsync(task, run.Id, cancellationToken);
            return new(run.Id, site, state, run.Code, null, null, null);
        }

        var error = await call.Client.ErrorAsync(task, run.Id, cancellationToken);
        return new(run.Id, site, state, error.Code, error.Rule, error.Message, null);
    }

    public static async Task<int> ShowAsync(Invocation call, TaskId id, string site, bool log, string? file,
        CancellationToken cancellationToken)
    {
        var (task, run) = await FindAsync(call, id, site, cancellationToken);
        await using var payload = log
            ? await call.Client.OpenLogAsync(task, run.Id, cancellationToken)
            : await call.Client.OpenResultAsync(task, run.Id, Progress(call), cancellationToken);
        if (file is null)
        {
            using var reader = new StreamReader(payload.Body);
            var buffer = new char[32 * 1024];
            int read;
            while ((read = await reader.ReadAsync(buffer, cancellationToken)) > 0)
            {
                await call.Console.Out.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }

            return ExitCodes.Ok;
        }

        // Whoever finds the file finds all of it: it gets its name once its last byte was verified.
        var part = file + ".part";
        await using (var target = File.Create(part))
        {
            await payload.Body.CopyToAsync(target, cancellationToken);
        }

        File.Move(part, file, overwrite: true);
        call.Output.Result(new WrittenResult(run.Id, file, new FileInfo(file).Length), CliJson.Default.WrittenResult,
            run.Id.ToString(),
            text => text.WriteLine($"{new FileInfo(file).Length} bytes written to {file}; receipt verified."));
        return ExitCodes.Ok;
    }

    /// <summary>The one run of a task that is meant by an organization's name or id, or by its own id.</summary>
    public static async Task<(TaskView Task, RunView Run)> FindAsync(Invocation call, TaskId id, string site, CancellationToken cancellationToken)
    {
        var names = TaskSelection.SiteNames(call);
        var task = await call.Client.GetTaskAsync(id, cancellationToken);
        var found = task.Runs.Where(r =>
            r.Id.ToString() == site || r.Organization.ToString() == site || names(r.Organization) == site).ToList();
        return found is [var one] ? (task, one) : throw new VantageException(ErrorCodes.NotFound,
            $"{id} has {found.Count} runs at '{site}'.",
            $"Its sites: {string.Join(", ", task.Runs.Select(r => names(r.Organization)))}.");
    }

    private static Progress<long>? Progress(Invocation call)
    {
        var shown = 0L;
        return call.Output.Mode != OutputMode.Text ? null : new Progress<long>(bytes =>
        {
            if (bytes - Interlocked.Read(ref shown) >= 64 * 1024 * 1024)
            {
                Interlocked.Exchange(ref shown, bytes);
                call.Output.Say($"{bytes / (1024 * 1024)} MiB");
            }
        });
    }
}

internal sealed record WrittenResult(RunId Run, string File, long Bytes);
