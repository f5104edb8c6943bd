using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;

namespace Vantage.Cli.Results;

/// <summary><c>vantage result unshare</c>: takes grants back from the Coordinator, and says what that can't undo.</summary>
internal static class UnshareCommand
{
    public static Command Build(CliConsole console)
    {
        var which = new Argument<string>("task") { Description = "The task's id." };
        var with = new Option<string?>("--with") { Description = "From whom: id or name; from everyone by default.", HelpName = "PERSON" };
        return new Command("unshare", "Take back what you shared, as far as it goes.").With(which, with)
            .Does(console, async (call, cancellationToken) =>
            {
                var task = Id.TryParse<TaskId>(call.Required(which), out var id)
                    ? id
                    : throw UsageException.Because($"'{call.Required(which)}' is no task's id.", "See: vantage result shared");
                var person = call.Value(with) is { } name ? await Lookup.UserAsync(call.Client, name, cancellationToken) : (UserId?)null;
                var me = call.Home.ReadProfile().User;
                var taken = new List<GrantView>();
                await foreach (var grant in call.Client.Grants.ListAsync(cancellationToken: cancellationToken))
                {
                    if (grant.Task == task && grant.Granter == me && (person is null || grant.Grantee == person))
                    {
                        taken.Add(grant);
                    }
                }

                foreach (var grant in taken)
                {
                    await call.Client.Grants.TakeBackAsync(grant.Id, cancellationToken);
                }

                call.Output.Result(new SharedTask(task, taken.Count, null), CliJson.Default.SharedTask, taken.Count.ToString(),
                    text => text.WriteLine($"{taken.Count} grants taken back"));
                call.Output.Say("Whoever fetched a grant before can still open a copy of the ciphertext, and keeps what they read: "
                    + "a result can't be made unread. To be sure, treat it as known to them.");
            });
    }
}
