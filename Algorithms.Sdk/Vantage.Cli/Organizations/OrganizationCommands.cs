using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Printing;
using Vantage.Protocol.Api;
using Vantage.Protocol.Json;

namespace Vantage.Cli.Organizations;

/// <summary><c>vantage org</c>.</summary>
internal static class OrganizationCommands
{
    public static void Fill(Command noun, CliConsole console) =>
        noun.With(Create(console), List(console), Show(console));

    private static Command Create(CliConsole console)
    {
        var name = new Argument<string>("name") { Description = "Its name, as partners know it." };
        var country = new Option<string?>("--country") { Description = "Two letters, such as NL." };
        return new Command("create", "Add a partner (the Coordinator's admin).").With(name, country)
            .Does(console, async (call, cancellationToken) =>
            {
                var made = await call.Client.Organizations.CreateAsync(
                    new CreateOrganization(call.Required(name), call.Value(country)), cancellationToken);
                Show(call, made);
            });
    }

    private static Command List(CliConsole console) =>
        new Command("list", "The organizations that you can see.").Does(console, (call, cancellationToken) =>
            call.Output.ListAsync(call.Client.Organizations.ListAsync(cancellationToken),
                CliJson.Default.ItemListOrganization,
                o => o.Id.ToString(),
                ("id", o => o.Id.ToString()), ("name", o => o.Name), ("country", o => o.Country),
                ("root", o => o.Root is null ? "not published" : "published")));

    private static Command Show(CliConsole console)
    {
        var which = new Argument<string>("organization") { Description = "Id or name." };
        return new Command("show", "One organization.").With(which).Does(console, async (call, cancellationToken) =>
            Show(call, await call.Client.Organizations.GetAsync(
                await Lookup.OrganizationAsync(call.Client, call.Required(which), cancellationToken),
                cancellationToken)));
    }

    private static void Show(Invocation call, Organization o) =>
        call.Output.Result(o, ProtocolJson.Default.Organization, o.Id.ToString(), text => Details.Write(text,
            ("id", o.Id.ToString()), ("name", o.Name), ("country", o.Country),
            ("root", o.Root is null ? "not published" : "published"), ("created", Details.Time(o.CreatedAt))));
}
