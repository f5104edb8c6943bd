using System.CommandLine;
using Vantage.Cli.CommandLine;

namespace Vantage.Cli.Keys.Revoking;

/// <summary>
/// <c>vantage keys revoke</c>: the next list says that a person's, a node's or a single key counts no more, and is published.
/// Nodes that are online refuse it within a minute.
/// </summary>
internal static class RevokeCommand
{
    public static Command Build(CliConsole console)
    {
        var what = new Argument<string>("whose")
        {
            Description = "A person or node (id or name): all their keys. Or one key, by its id, or by the fingerprint of a device's keys.",
        };
        var reason = new Option<string>("--reason") { Description = "Why; partners read it.", HelpName = "TEXT", Required = true };
        var since = new Option<DateTimeOffset?>("--since")
        {
            Description = "Until when it counted, where it may have been in other hands before now.",
            HelpName = "TIME",
        };
        var local = new Option<bool>("--no-publish") { Description = "Sign the list and keep it here." };
        return new Command("revoke", "Let a person's, a node's or a single key count no more (the organization's admin).")
            .With(what, reason, since, local, Passphrases.File).Does(console, async (call, cancellationToken) =>
            {
                if (call.Required(reason).Trim() is not { Length: > 0 and <= 200 } why)
                {
                    throw UsageException.Because("--reason has 1 to 200 characters.");
                }

                var now = call.Console.Time.GetUtcNow();
                var at = call.Value(since)?.ToUniversalTime() ?? now;
                if (at > now)
                {
                    throw UsageException.Because("--since lies in the future.", "Revoke when it is time.");
                }

                var subject = await RevokedSubject.FindAsync(call, call.Required(what), cancellationToken);
                var list = await RevocationDraft.WriteAsync(call, before => subject.AddTo(before, at, why),
                    publish: !call.Value(local), cancellationToken);
                RevocationsCommands.Tell(call, list, published: !call.Value(local));
            });
    }
}
