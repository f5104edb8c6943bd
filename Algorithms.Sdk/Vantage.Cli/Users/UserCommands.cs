using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Printing;
using Vantage.Protocol.Api;
using Vantage.Protocol.Json;

namespace Vantage.Cli.Users;

/// <summary><c>vantage user</c>.</summary>
internal static class UserCommands
{
    public static void Fill(Command noun, CliConsole console) =>
        noun.With(Create(console), List(console), Show(console), Give(console), UserSignInCommands.Invite(console), UserSignInCommands.Disable(console),
            UserSignInCommands.Enable(console), UserSignInCommands.ResetSecondFactor(console), LinkCommands.Link(console),
            LinkCommands.List(console), LinkCommands.Unlink(console), ServiceCommand.Make(console));

    private static Command Create(CliConsole console)
    {
        var name = new Argument<string>("name") { Description = "The person's name." };
        var email = new Option<string?>("--email") { Description = "Where to reach them." };
        var organization = new Option<string?>("--organization")
        {
            Description = "Id or name; not for admins of the Coordinator.",
        };
        var role = new Option<string[]>("--role")
        {
            Description = "A role's name, such as researcher; may be given more than once. 'vantage role list' shows them.",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        var file = Secrets.FileOption("--token-file", "the account's first token");
        return new Command("create", "Make an account and its first token.").With(name, email, organization, role, file)
            .Does(console, async (call, cancellationToken) =>
            {
                Secrets.Check(call, file);
                var partner = call.Value(organization) is { } text
                    ? await Lookup.OrganizationAsync(call.Client, text, cancellationToken)
                    : (Protocol.Ids.OrganizationId?)null;
                var made = await call.Client.Users.CreateAsync(new CreateUser(call.Required(name), call.Value(email),
                    partner,
                    await RolesAsync(call, call.Required(role), cancellationToken)), cancellationToken);
                var kept = Secrets.Keep(call, file, made.Token.Secret);
                var shown = kept ? made with { Token = made.Token with { Secret = "" } } : made;
                call.Output.Result(shown, ProtocolJson.Default.CreatedUser, made.User.Id.ToString(), text =>
                {
                    Write(text, made.User);
                    text.WriteLine(kept
                        ? $"token written to {call.Value(file)}; good until {Details.Time(made.Token.Token.ExpiresAt)}"
                        : $"token (shown this once, good until {Details.Time(made.Token.Token.ExpiresAt)}): "
                        + $"{made.Token.Secret}");
                });
            });
    }

    private static Command List(CliConsole console) =>
        new Command("list", "The accounts that you can see.").Does(console, (call, cancellationToken) =>
            call.Output.ListAsync(call.Client.Users.ListAsync(cancellationToken), CliJson.Default.ItemListUser,
                u => u.Id.ToString(),
                ("id", u => u.Id.ToString()), ("name", u => u.Name), ("organization", u => u.Organization?.ToString()),
                ("roles", u => string.Join(", ", u.Roles)),
                ("certified", u => u.SigningCertificate is null ? "no" : "yes")));

    private static Command Show(CliConsole console)
    {
        var which = new Argument<string?>("user")
        {
            Description = "Id or name; yourself by default.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        return new Command("show", "One account; without a name your own.").With(which)
            .Does(console, async (call, cancellationToken) =>
            {
                var id = call.Value(which) is { } text
                    ? await Lookup.UserAsync(call.Client, text, cancellationToken)
                    : (await call.Client.MeAsync(cancellationToken)).User;
                var user = await call.Client.Users.GetAsync(id, cancellationToken);
                call.Output.Result(user, ProtocolJson.Default.User, user.Id.ToString(), text => Write(text, user));
            });
    }

    private static Command Give(CliConsole console)
    {
        var which = new Argument<string>("user") { Description = "Id or name." };
        var roles = new Argument<string[]>("role")
        {
            Description = "All roles that the account is to have, by name or id; those left out are taken away.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        return new Command("roles", "Give an account exactly these roles. Nobody gives what they lack.").With(which, roles)
            .Does(console, async (call, cancellationToken) =>
            {
                var id = await Lookup.UserAsync(call.Client, call.Required(which), cancellationToken);
                var wanted = await RolesAsync(call, call.Value(roles) ?? [], cancellationToken);
                var user = await call.Client.Roles.GiveAsync(id, wanted, cancellationToken);
                call.Output.Result(user, ProtocolJson.Default.User, user.Id.ToString(), text => Write(text, user));
            });
    }

    internal static async Task<IReadOnlyList<Role>> RolesAsync(Invocation call, string[] texts, CancellationToken cancellationToken)
    {
        var roles = new List<Role>();
        foreach (var text in texts.Distinct())
        {
            roles.Add(await Lookup.RoleAsync(call.Client, text, cancellationToken));
        }

        return roles;
    }

    private static void Write(TextWriter text, User u) => Details.Write(text,
        ("id", u.Id.ToString()), ("name", u.Name), ("email", u.Email), ("organization", u.Organization?.ToString()),
        ("roles", string.Join(", ", u.Roles)),
        ("certified", u.SigningCertificate is null ? "no" : "yes"),
        ("devices", u.Devices is { Count: > 0 } devices ? string.Join(", ", devices.Select(d => d.Name ?? d.Key.ToString()[..8])) : null),
        ("created", Details.Time(u.CreatedAt)));
}
