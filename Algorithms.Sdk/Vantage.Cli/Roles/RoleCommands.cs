using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Printing;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;

namespace Vantage.Cli.Roles;

/// <summary><c>vantage role</c>.</summary>
internal static class RoleCommands
{
    private static readonly Option<string?> Description = new("--description") { Description = "What it is for, in a sentence." };

    private static readonly Option<string[]> RuleOption = new("--rule")
    {
        Description = "Such as task.view@organization; give one for each. 'vantage role rules' lists them.",
        Required = true,
        AllowMultipleArgumentsPerToken = true,
    };

    public static void Fill(Command noun, CliConsole console) =>
        noun.With(List(console), Show(console), Rules(console), Create(console), Edit(console), Delete(console));

    private static Command List(CliConsole console) =>
        new Command("list", "The roles that every Coordinator knows, and your organization's own.").Does(console,
            (call, cancellationToken) => call.Output.ListAsync(call.Client.Roles.ListAsync(cancellationToken),
                CliJson.Default.ItemListRoleInfo, r => r.Role.Name,
                ("role", r => r.Role.Name), ("name", r => r.Name), ("organization", r => r.Organization?.ToString() ?? "every"),
                ("rules", r => $"{r.Rules.Count}"), ("description", r => r.Description)));

    private static Command Rules(CliConsole console) =>
        new Command("rules", "Everything that a role can give.").Does(console,
            (call, cancellationToken) => call.Output.ListAsync(call.Client.Roles.ListRulesAsync(cancellationToken),
                CliJson.Default.ItemListRuleInfo, r => r.Permission,
                ("permission", r => r.Permission), ("as far as", r => string.Join(", ", r.Scopes)), ("lets", r => r.Lets)));

    private static Command Show(CliConsole console)
    {
        var which = new Argument<string>("role") { Description = "Name or id." };
        return new Command("show", "One role and what it gives.").With(which).Does(console, async (call, cancellationToken) =>
            Print(call, await call.Client.Roles.GetAsync(
                await Lookup.RoleAsync(call.Client, call.Required(which), cancellationToken), cancellationToken)));
    }

    private static Command Create(CliConsole console)
    {
        var name = new Argument<string>("name") { Description = "Its name within the organization." };
        var organization = new Option<string?>("--organization") { Description = "Id or name; your own by default." };
        return new Command("create", "Make a role of your organization, of rules that you have yourself.")
            .With(name, RuleOption, Description, organization).Does(console, async (call, cancellationToken) =>
            {
                var owner = call.Value(organization) is { } text
                    ? await Lookup.OrganizationAsync(call.Client, text, cancellationToken)
                    : (OrganizationId?)null;
                Print(call, await call.Client.Roles.CreateAsync(
                    new CreateRole(call.Required(name), call.Value(Description), call.Required(RuleOption), owner), cancellationToken));
            });
    }

    private static Command Edit(CliConsole console)
    {
        var which = new Argument<string>("role") { Description = "Name or id." };
        var name = new Option<string?>("--name") { Description = "Another name." };
        return new Command("edit", "Replace what a role gives. It counts at once for everybody who has it.")
            .With(which, RuleOption, name, Description).Does(console, async (call, cancellationToken) =>
            {
                var id = await OwnAsync(call, call.Required(which), cancellationToken);
                var before = await call.Client.Roles.GetAsync(Role.Of(id), cancellationToken);
                Print(call, await call.Client.Roles.EditAsync(id,
                    new EditRole(call.Value(name) ?? before.Name, call.Value(Description) ?? before.Description, call.Required(RuleOption)),
                    cancellationToken));
            });
    }

    private static Command Delete(CliConsole console)
    {
        var which = new Argument<string>("role") { Description = "Name or id." };
        return new Command("delete", "Delete a role that no account has any more.").With(which).Does(console, async (call, cancellationToken) =>
        {
            var id = await OwnAsync(call, call.Required(which), cancellationToken);
            await call.Client.Roles.DeleteAsync(id, cancellationToken);
            call.Output.Result(new DeletedRole(id), CliJson.Default.DeletedRole, id.ToString(), text => text.WriteLine($"{id} is deleted."));
        });
    }

    private static async Task<RoleId> OwnAsync(Invocation call, string text, CancellationToken cancellationToken) =>
        (await Lookup.RoleAsync(call.Client, text, cancellationToken)).Custom
        ?? throw UsageException.Because($"'{text}' is a role that every Coordinator knows, and nobody changes.",
            "Make one of your own: vantage role create");

    private static void Print(Invocation call, RoleInfo r) => call.Output.Result(r, ProtocolJson.Default.RoleInfo, r.Role.Name, text =>
    {
        Details.Write(text, ("role", r.Role.Name), ("name", r.Name), ("organization", r.Organization?.ToString() ?? "every"),
            ("description", r.Description));
        foreach (var rule in r.Rules)
        {
            text.WriteLine($"  {rule}");
        }
    });
}

internal sealed record DeletedRole(RoleId Deleted);
