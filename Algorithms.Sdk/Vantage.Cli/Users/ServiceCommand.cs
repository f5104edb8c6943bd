using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Printing;
using Vantage.Protocol.Api;
using Vantage.Protocol.Json;

namespace Vantage.Cli.Users;

/// <summary><c>vantage user service</c>: the account of a program that shows its provider's access tokens.</summary>
internal static class ServiceCommand
{
    public static Command Make(CliConsole console)
    {
        var name = new Argument<string>("name") { Description = "What the program is called here." };
        var organization = new Option<string>("--organization") { Description = "Id or name.", Required = true };
        var client = new Option<string>("--client")
        {
            Description = "The program's client_id at the identity provider.", Required = true,
        };
        var role = new Option<string[]>("--role")
        {
            Description = "A role's name, such as researcher; may be given more than once.",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        return new Command("service", "Make an account for a program that shows access tokens of the identity provider.")
            .With(name, organization, client, role)
            .Does(console, async (call, cancellationToken) =>
            {
                var made = await call.Client.Users.CreateServiceAsync(new CreateServiceAccount(call.Required(name),
                    await Lookup.OrganizationAsync(call.Client, call.Required(organization), cancellationToken), call.Required(client),
                    await UserCommands.RolesAsync(call, call.Required(role), cancellationToken)), cancellationToken);
                call.Output.Result(made, ProtocolJson.Default.User, made.Id.ToString(),
                    text => Details.Write(text, ("id", made.Id.ToString()), ("name", made.Name), ("client", call.Required(client))));
            });
    }
}
