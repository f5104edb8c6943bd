using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Printing;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;

namespace Vantage.Cli.Users;

/// <summary><c>vantage user link|links|unlink</c>: who signs in to an account by an identity provider.</summary>
internal static class LinkCommands
{
    public static Command Link(CliConsole console)
    {
        var (user, provider, subject) = (User(), Provider(), Subject());
        return new Command("link", "Let somebody at an identity provider sign in to an account.").With(user, provider, subject)
            .Does(console, async (call, cancellationToken) =>
            {
                var id = await Lookup.UserAsync(call.Client, call.Required(user), cancellationToken);
                Show(call, id, await call.Client.Users.LinkAsync(id,
                    new LinkIdentity(call.Required(provider), call.Required(subject)), cancellationToken));
            });
    }

    public static Command List(CliConsole console)
    {
        var user = User();
        return new Command("links", "Who signs in to an account by an identity provider.").With(user)
            .Does(console, async (call, cancellationToken) =>
            {
                var id = await Lookup.UserAsync(call.Client, call.Required(user), cancellationToken);
                Show(call, id, await call.Client.Users.IdentitiesAsync(id, cancellationToken));
            });
    }

    public static Command Unlink(CliConsole console)
    {
        var (user, provider, subject) = (User(), Provider(), Subject());
        return new Command("unlink", "Undo a link; sessions that are open stay.").With(user, provider, subject)
            .Does(console, async (call, cancellationToken) =>
            {
                var id = await Lookup.UserAsync(call.Client, call.Required(user), cancellationToken);
                await call.Client.Users.UnlinkAsync(id, new LinkIdentity(call.Required(provider), call.Required(subject)),
                    cancellationToken);
                Show(call, id, await call.Client.Users.IdentitiesAsync(id, cancellationToken));
            });
    }

    private static Argument<string> User() => new("user") { Description = "Id or name." };

    private static Option<string> Provider() => new("--provider")
    {
        Description = "The provider's name in the Coordinator's settings.", Required = true,
    };

    private static Option<string> Subject() => new("--subject")
    {
        Description = "What the provider calls the person for ever: 'sub'. Who can't sign in yet is told it.", Required = true,
    };

    private static void Show(Invocation call, UserId id, IReadOnlyList<LinkedIdentity> links) =>
        call.Output.Result(new LinkedIdentities(links), Protocol.Json.ProtocolJson.Default.LinkedIdentities, id.ToString(), text =>
        {
            foreach (var link in links)
            {
                text.WriteLine($"{link.Provider} {Listing.OneLine(link.Subject)} since {Details.Time(link.CreatedAt)}");
            }

            if (links.Count == 0)
            {
                text.WriteLine("Nobody signs in to this account by an identity provider.");
            }
        });
}
