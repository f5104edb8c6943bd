using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Printing;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;

namespace Vantage.Cli.Studies;

/// <summary><c>vantage study</c>.</summary>
internal static class StudyCommands
{
    private static readonly Option<string> CollaborationOption =
        new("--collaboration") { Description = "Id or name.", Required = true };

    public static void Fill(Command noun, CliConsole console) =>
        noun.With(Create(console), List(console), Show(console));

    private static Command Create(CliConsole console)
    {
        var name = new Argument<string>("name") { Description = "Its name, as its members will see it." };
        var members = new Option<string[]>("--organization")
        {
            Description = "A member, id or name; give one for each.",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        return new Command("create", "Name a subset of a collaboration's organizations.")
            .With(name, CollaborationOption, members)
            .Does(console, async (call, cancellationToken) =>
            {
                var collaboration = await CollaborationAsync(call, cancellationToken);
                var ids = new List<OrganizationId>();
                foreach (var member in call.Required(members))
                {
                    ids.Add(await Lookup.OrganizationAsync(call.Client, member, cancellationToken));
                }

                Show(call, await call.Client.Collaborations.CreateStudyAsync(
                    collaboration, new CreateStudy(call.Required(name), ids), cancellationToken));
            });
    }

    private static Command List(CliConsole console) =>
        new Command("list", "A collaboration's studies.").With(CollaborationOption)
            .Does(console, async (call, cancellationToken) => await call.Output.ListAsync(
                call.Client.Collaborations.ListStudiesAsync(await CollaborationAsync(call, cancellationToken),
                cancellationToken),
                CliJson.Default.ItemListStudy, s => s.Id.ToString(),
                ("id", s => s.Id.ToString()), ("name", s => s.Name), ("organizations", s =>
                $"{s.Organizations.Count}")));

    private static Command Show(CliConsole console)
    {
        var which = new Argument<string>("study") { Description = "Id or name." };
        return new Command("show", "One study.").With(which, CollaborationOption)
            .Does(console, async (call, cancellationToken) =>
            Show(call, await Lookup.StudyAsync(call.Client, await CollaborationAsync(call, cancellationToken),
                call.Required(which), cancellationToken)));
    }

    private static Task<CollaborationId> CollaborationAsync(Invocation call, CancellationToken cancellationToken) =>
        Lookup.CollaborationAsync(call.Client, call.Required(CollaborationOption), cancellationToken);

    private static void Show(Invocation call, Study s) =>
        call.Output.Result(s, ProtocolJson.Default.Study, s.Id.ToString(), text => Details.Write(text,
            ("id", s.Id.ToString()), ("name", s.Name), ("collaboration", s.Collaboration.ToString()),
            ("organizations", string.Join(", ", s.Organizations)), ("created", Details.Time(s.CreatedAt))));
}
