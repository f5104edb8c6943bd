using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Statements;

namespace Vantage.Cli.Keys.Revoking;

/// <summary>
/// <c>vantage keys revocations</c>: an organization that has once published its list keeps doing so every day; without a list
/// that holds, partners begin nothing new on its people's and nodes' word.
/// </summary>
internal static class RevocationsCommands
{
    public static Command Build(CliConsole console) =>
        new Command("revocations", "The lists of keys that count no more: see, renew, publish.").With(
            Show(console), Renew(console), Publish(console));

    public static void Tell(Invocation call, KeyRevocationStatement list, bool published)
    {
        var view = RevokedKeysView.Of(list);
        call.Output.Result(view, CliJson.Default.RevokedKeysView, view.Serial.ToString(), text => view.Write(text));
        call.Output.Say(published
            ? "Published. Renew it at least once a day (vantage keys revocations renew): after 24 hours partners begin nothing new."
            : "Not published yet: vantage keys revocations publish");
    }

    private static Command Show(CliConsole console) =>
        new Command("show", "Your own organization's and your partners' lists, as their signatures are believed here.")
            .Does(console, async (call, cancellationToken) =>
            {
                var now = call.Console.Time.GetUtcNow();
                ITrust roots = call.Home.HasPins ? call.Home.ReadPins(now) : new PinnedRoots([PinnedRoot.Of(call.Home.ReadRoot())]);
                await FetchAsync(call, roots, cancellationToken);
                var views = call.Home.KeyRevocations.Organizations.Where(id => roots.RootsOf(id).Count > 0)
                    .Select(id => RevokedKeysView.Of(call.Home.KeyRevocations.Find(id, roots)!.Statement)).ToList();
                call.Output.Result(new RevokedKeysViews(views), CliJson.Default.RevokedKeysViews, null, text =>
                {
                    foreach (var view in views)
                    {
                        view.Write(text);
                        if (view.ValidUntil <= now)
                        {
                            text.WriteLine("  It has expired: nothing new is begun on this organization's word.");
                        }
                    }
                });
                if (views.Count == 0)
                {
                    call.Output.Say("No organization that you have pinned has published a list.");
                }
            });

    private static Command Renew(CliConsole console) =>
        new Command("renew", "Sign the list for another 24 hours and publish it; begins it where there is none.")
            .With(Passphrases.File).Does(console, async (call, cancellationToken) =>
                Tell(call, await RevocationDraft.WriteAsync(call, list => list, publish: true, cancellationToken), published: true));

    private static Command Publish(CliConsole console) =>
        new Command("publish", "Hand the list that is here to your partners once more.").Does(console,
            async (call, cancellationToken) =>
            {
                await RevocationDraft.PublishAsync(call, cancellationToken);
                call.Output.Say("Published.");
            });

    /// <summary>The newest of those whose roots are believed; others are no business of this home.</summary>
    public static async Task FetchAsync(Invocation call, ITrust roots, CancellationToken cancellationToken)
    {
        await foreach (var list in call.Client.Revocations.ListAsync(cancellationToken))
        {
            if (roots.RootsOf(list.Organization).Count > 0)
            {
                Take(call, list.Statement, roots, call.Console.Time.GetUtcNow());
            }
        }
    }

    private static void Take(Invocation call, string statement, ITrust roots, DateTimeOffset now)
    {
        try
        {
            call.Home.KeyRevocations.Take(statement, roots, now);
        }
        catch (TrustException e)
        {
            call.Output.Say($"The Coordinator shows a list that is not believed: {e.Message}");
        }
    }
}
