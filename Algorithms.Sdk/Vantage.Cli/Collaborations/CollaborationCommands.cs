using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Printing;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;

namespace Vantage.Cli.Collaborations;

/// <summary><c>vantage collaboration</c>.</summary>
internal static class CollaborationCommands
{
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
        return new Command("create", "Let organizations work together (the Coordinator's admin).").With(name, members)
            .Does(console, async (call, cancellationToken) =>
            {
                var ids = new List<OrganizationId>();
                foreach (var member in call.Required(members))
                {
                    ids.Add(await Lookup.OrganizationAsync(call.Client, member, cancellationToken));
                }

                Show(call, await call.Client.Collaborations.CreateAsync(
                    new CreateCollaboration(call.Required(name), ids), cancellationToken));
            });
    }

    private static Command List(CliConsole console) =>
        new Command("list", "The collaborations that you can see.").Does(console, (call, cancellationToken) =>
            call.Output.ListAsync(call.Client.Collaborations.ListAsync(cancellationToken),
                CliJson.Default.ItemListCollaboration, c => c.Id.ToString(),
                ("id", c => c.Id.ToString()), ("name", c => c.Name),
                ("members", c => string.Join(", ", c.Members.Select(m => m.Name)))));

    private static Command Show(CliConsole console)
    {
        var which = new Argument<string>("collaboration") { Description = "Id or name." };
        return new Command("show", "One collaboration, its members and their nodes.").With(which)
            .Does(console, async (call, cancellationToken) =>
                Show(call, await call.Client.Collaborations.GetAsync(
                    await Lookup.CollaborationAsync(call.Client, call.Required(which), cancellationToken),
                    cancellationToken)));
    }

    private static void Show(Invocation call, Collaboration c) =>
        call.Output.Result(c, ProtocolJson.Default.Collaboration, c.Id.ToString(), text =>
        {
            Details.Write(text, ("id", c.Id.ToString()), ("name", c.Name), ("created", Details.Time(c.CreatedAt)));
            foreach (var member in c.Members)
            {
                text.WriteLine($"  {Listing.OneLine(member.Name)} ({member.Organization})");
                foreach (var node in member.Nodes)
                {
                    text.WriteLine($"    {Listing.OneLine(node.Name)} ({node.Id}): "
                        + (node.SigningCertificate is null ? "not certified" : node.Online ? "online" : "offline"));
                }
            }
        });
}
