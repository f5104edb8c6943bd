using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Vantage.Algorithms.Results;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Printing;
using Vantage.Cli.Tasks;
using Vantage.Cli.Tasks.Asking;
using Vantage.Cli.Tasks.Reading;
using Vantage.Client.Tasks;
using Vantage.Protocol.Manifests;
using Vantage.Protocol.Sessions;

namespace Vantage.Cli.Sessions;

/// <summary>One function of <c>sessions</c> at the sites: asked, waited for, and each site's answer shown.</summary>
internal sealed class SessionTask
{
    private readonly TaskOptions options = new();

    public static Argument<string> Session() => new("session") { Description = "The session's name: yours to choose, shared by your organization's people." };

    public TaskOptions Options => options;

    /// <summary>Options of every command; those about data only where it takes some.</summary>
    public Symbol[] All(bool takesData) =>
        [options.Collaboration, options.Organizations, options.Purpose, options.Project, options.Lifetime,
            .. takesData ? new Symbol[] { options.Data, options.Frames, options.Dictionary, options.Memory, options.Time } : []];

    public async Task<int> AskAsync<T>(Invocation call, string session, string function, T arguments, JsonTypeInfo<T> type,
        IReadOnlyList<DataRef> data, Func<JsonElement, IReadOnlyList<ResultTable>> tablesOf, CancellationToken cancellationToken)
    {
        var collaboration = await Lookup.CollaborationAsync(call.Client, options.ReadCollaboration(call), cancellationToken);
        var submitted = await call.Client.SubmitAsync(new TaskRequest
        {
            Collaboration = collaboration,
            Organizations = await options.ReadOrganizationsAsync(call, collaboration, cancellationToken),
            Algorithm = call.Client.Algorithm(SessionFunctions.Algorithm, function),
            Function = function,
            Arguments = JsonSerializer.SerializeToUtf8Bytes(arguments, type),
            Data = data,
            Session = session,
            Resources = data.Count > 0 ? options.ReadResources(call) : new ResourceRequest(),
            Purpose = call.Value(options.Purpose),
            ProjectCode = call.Value(options.Project),
            Lifetime = options.ReadLifetime(call),
        }, cancellationToken);
        foreach (var left in submitted.NotAsked)
        {
            call.Output.Say($"not asked: {Listing.OneLine(left.Site)}, since {left.Why}");
        }

        var progress = new ProgressLines(call.Output, TaskSelection.SiteNames(call));
        await foreach (var view in call.Client.WatchAsync(submitted.Id, cancellationToken))
        {
            progress.Show(view);
        }

        return await ResultCommand.ShowAsync(call, submitted.Id, null, null, cancellationToken, tablesOf);
    }
}
