using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Printing;
using Vantage.Cli.Programs;
using Vantage.Protocol.Api;
using Vantage.Protocol.Json;

namespace Vantage.Cli.Nodes;

/// <summary><c>vantage node</c>: inviting is ours, everything beside the data is the NodeAgent's own.</summary>
internal static class NodeCommands
{
    public static void Fill(Command noun, CliConsole console)
    {
        noun.With(Invite(console), List(console), Show(console));
        PassThroughCommands.Add(noun);
    }

    private static Command Invite(CliConsole console)
    {
        var name = new Argument<string>("name") { Description = "How partners will see it." };
        var organization = new Option<string?>("--organization") { Description = "Id or name; your own by default." };
        var file = Secrets.FileOption("--code-file", "the one-time enrolment code");
        return new Command("invite", "Open an account for a node (the organization's admin).")
            .With(name, organization, file)
            .Does(console, async (call, cancellationToken) =>
            {
                Secrets.Check(call, file);
                var partner = call.Value(organization) is { } text
                    ? await Lookup.OrganizationAsync(call.Client, text, cancellationToken)
                    : (Protocol.Ids.OrganizationId?)null;
                var made = await call.Client.Nodes.InviteAsync(new InviteNode(call.Required(name), partner),
                    cancellationToken);
                var kept = Secrets.Keep(call, file, made.Code);
                call.Output.Result(kept ? made with { Code = "" } : made, ProtocolJson.Default.InvitedNode,
                    made.Node.Id.ToString(), text =>
                    {
                        Write(text, made.Node);
                        text.WriteLine(kept
                            ? $"code written to {call.Value(file)}; good until {Details.Time(made.CodeExpiresAt)}"
                            : $"code (shown this once, good until {Details.Time(made.CodeExpiresAt)}): {made.Code}");
                    });
            });
    }

    private static Command List(CliConsole console) =>
        new Command("list", "The nodes that you can see.").Does(console, (call, cancellationToken) =>
            call.Output.ListAsync(call.Client.Nodes.ListAsync(cancellationToken), CliJson.Default.ItemListNode,
                n => n.Id.ToString(),
                ("id", n => n.Id.ToString()), ("name", n => n.Name), ("organization", n => n.Organization.ToString()),
                ("standing", n => NodeWords.Standing(n.Standing)), ("online", n => n.Online ? "yes" : "no"),
                ("last seen", n => n.LastSeenAt is { } seen ? Details.Time(seen) : "never")));

    private static Command Show(CliConsole console)
    {
        var which = new Argument<string>("node") { Description = "Id or name." };
        return new Command("show", "One node.").With(which).Does(console, async (call, cancellationToken) =>
        {
            var node = await call.Client.Nodes.GetAsync(
                await Lookup.NodeAsync(call.Client, call.Required(which), cancellationToken), cancellationToken);
            call.Output.Result(node, ProtocolJson.Default.Node, node.Id.ToString(), text => Write(text, node));
        });
    }

    private static void Write(TextWriter text, Node n) => Details.Write(text,
        ("id", n.Id.ToString()), ("name", n.Name), ("organization", n.Organization.ToString()),
        ("standing", NodeWords.Standing(n.Standing)), ("online", n.Online ? "yes" : "no"),
        ("mode", n.Online ? NodeWords.Mode(n.Mode) : null),
        ("last seen", n.LastSeenAt is { } seen ? Details.Time(seen) : "never"), ("version", n.AgentVersion),
        ("created", Details.Time(n.CreatedAt)), ("next", NodeWords.Next(n)));
}
