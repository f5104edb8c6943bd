using System.Text.Json;
using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Printing;
using Vantage.Cli.Tasks.Reading;
using Vantage.Client.Errors;
using Vantage.Client.Federation;
using Vantage.Client.Tasks;
using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Ids;

namespace Vantage.Cli.Tasks.Asking;

/// <summary>
/// Runs an algorithm's central program in this process, its partials at the sites, and shows what came of it.
/// </summary>
internal static class CentralRun
{
    public static async Task<int> GoAsync(Invocation call, TaskOptions options, CentralProgram program,
        CollaborationId collaboration,
        byte[] arguments, bool acceptMissing, string? file, CancellationToken cancellationToken)
    {
        var named = call.Client.Algorithm(call.Required(options.Algorithm));
        var wire = await WireFederation.JoinAsync(call.Client, new WireFederationOptions
        {
            Collaboration = collaboration,
            Study = call.Value(options.Study) is { } study
                ? (await Lookup.StudyAsync(call.Client, collaboration, study, cancellationToken)).Id : null,
            Organizations = await options.ReadOrganizationsAsync(call, collaboration, cancellationToken),
            Data = options.ReadData(call),
            Resources = options.ReadResources(call),
            LostNode = call.Value(options.LostNode),
            Purpose = call.Value(options.Purpose),
            ProjectCode = call.Value(options.Project),
            Lifetime = options.ReadLifetime(call),
            Resolve = _ => named,
        }, cancellationToken);
        var progress = new ProgressLines(call.Output, TaskSelection.SiteNames(call));
        TaskView? last = null;
        wire.OnProgress = (_, view) => progress.Show(last = view);
        var federation = new ObservedFederation(wire, acceptMissing);
        var result = await CombineAsync(program, federation, arguments, () => last?.Id, cancellationToken);
        return Show(call, program, new CombinedResult(last!.Id, wire.Job, program.Algorithm.Name, named.Text,
            wire.Sites, [.. federation.Missing.Select(m => new MissingSite(m.Key, m.Value))], wire.NotAsked,
            federation.Answers, result), file);
    }

    public static async Task<JsonElement> CombineAsync(CentralProgram program, ObservedFederation federation,
        byte[] arguments,
        Func<TaskId?> task, CancellationToken cancellationToken)
    {
        try
        {
            return await program.Central.InvokeAsync(federation, arguments, cancellationToken);
        }
        catch (SitesFailedException e)
        {
            var answered = federation.Asked - federation.Missing.Count;
            throw new VantageException(ClientErrorCodes.TaskFailed,
                $"{answered} of {federation.Asked} sites answered, so that there is no result over all of them.",
                $"More: vantage task explain {task()}."
                + (answered > 0 ? " To combine what there is, ask with --accept-missing." : ""), e)
            {
                Errors = federation.Missing.ToDictionary(m => m.Key, m => new[] { m.Value }),
            };
        }
        catch (RunFailedException e)
        {
            throw new VantageException(ClientErrorCodes.RequestInvalid, e.Message, "Nothing was sent for it.", e);
        }
    }

    public static int Show(Invocation call, CentralProgram program, CombinedResult combined, string? file)
    {
        if (file is not null)
        {
            File.WriteAllText(file, JsonSerializer.Serialize(combined.Result, CliJson.Default.JsonElement) + "\n");
        }

        call.Output.Result(combined, CliJson.Default.CombinedResult, combined.Task.ToString(), text =>
        {
            if (file is null)
            {
                ResultText.Write(call.Output, text, program.Algorithm.Name, combined.Result);
            }

            var answered = combined.Asked.Except(combined.Missing.Select(m => m.Site));
            text.WriteLine($"sites: {string.Join(", ", answered.Select(Listing.OneLine))}");
            foreach (var site in combined.Missing)
            {
                text.WriteLine($"missing: {Listing.OneLine(site.Site)} {Listing.OneLine(site.Why)}");
            }

            foreach (var site in combined.NotAsked)
            {
                text.WriteLine($"not asked: {Listing.OneLine(site.Site)}, since {site.Why}");
            }

            text.WriteLine($"receipts verified: {combined.ReceiptsVerified}; task {combined.Task}"
                + (file is null ? "" : $"; result written to {file}"));
        });
        return combined.Missing.Count == 0 ? ExitCodes.Ok : ExitCodes.Partial;
    }
}

/// <param name="Asked">The sites.</param>
/// <param name="Missing">Those of them that gave nothing; the result is over the others.</param>
/// <param name="NotAsked">Members of the collaboration that could not be asked at all.</param>
internal sealed record CombinedResult(TaskId Task, JobId Job, string Analysis, string Algorithm,
    IReadOnlyList<string> Asked,
    IReadOnlyList<MissingSite> Missing, IReadOnlyList<SiteNotAsked> NotAsked, int ReceiptsVerified, JsonElement Result);

internal sealed record MissingSite(string Site, string Why);
