using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Client.Errors;
using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;

namespace Vantage.Cli.Results;

/// <summary>
/// <c>vantage result share</c>: a colleague reads what was not sealed for them, by signed grants. With <c>--all</c> it hands
/// over all that one ever asked, before one leaves.
/// </summary>
internal static class ShareCommand
{
    public static Command Build(CliConsole console)
    {
        var which = new Argument<string?>("task") { Description = "The task's id.", Arity = ArgumentArity.ZeroOrOne };
        var all = new Option<bool>("--all") { Description = "Everything that you asked and that has ended." };
        var with = new Option<string>("--with") { Description = "With whom: id or name.", HelpName = "PERSON", Required = true };
        var key = new Option<string?>("--key")
        {
            Description = "Their encryption certificate, for a partner's person, whose account you can't see; --with is their id then.",
            HelpName = "FILE",
        };
        return new Command("share", "Let somebody read what came of a task, or of all that you asked.")
            .With(which, all, with, key).Does(console, async (call, cancellationToken) =>
            {
                var person = await Lookup.UserAsync(call.Client, call.Required(with), cancellationToken);
                var keys = call.Value(key) is { } file
                    ? [Read(file)]
                    : await call.Client.EncryptionKeysOfAsync(person, cancellationToken);
                var tasks = await ChooseAsync(call, call.Value(which), call.Value(all), cancellationToken);
                var shared = new List<SharedTask>();
                foreach (var task in tasks)
                {
                    shared.Add(await ShareAsync(call, task, person, keys, call.Value(all), cancellationToken));
                }

                var total = shared.Sum(s => s.Grants);
                call.Output.Result(new SharedTasks(person, shared), CliJson.Default.SharedTasks, total.ToString(), text =>
                {
                    foreach (var one in shared)
                    {
                        text.WriteLine($"{one.Task}: {one.Grants} new" + (one.Problem is { } problem ? $"; not all of it: {problem}" : ""));
                    }
                });
                call.Output.Say(total == 0
                    ? "There was nothing new to share."
                    : "They read it with: vantage task result. Taking it back (vantage result unshare) does not undo what they have read.");
            });
    }

    private static async Task<IReadOnlyList<TaskView>> ChooseAsync(Invocation call, string? which, bool all,
        CancellationToken cancellationToken)
    {
        if (all == (which is not null))
        {
            throw UsageException.Because("Say what to share.", "Name one task, or --all that you asked.");
        }

        if (which is not null)
        {
            return Id.TryParse<TaskId>(which, out var id)
                ? [await call.Client.GetTaskAsync(id, cancellationToken)]
                : throw UsageException.Because($"'{which}' is no task's id.", "See: vantage task list");
        }

        var me = call.Home.ReadProfile().User;
        var mine = new List<TaskView>();
        await foreach (var task in call.Client.ListTasksAsync(cancellationToken: cancellationToken))
        {
            if (task.Requester == me)
            {
                mine.Add(task);
            }
        }

        return mine;
    }

    /// <summary>Of many, one that can't be shared is told and does not keep the others back.</summary>
    private static async Task<SharedTask> ShareAsync(Invocation call, TaskView task, UserId person,
        IReadOnlyList<Certificate> keys, bool isOneOfMany, CancellationToken cancellationToken)
    {
        var (grants, problem) = (0, (string?)null);
        foreach (var run in task.Runs.Where(r => r.Outcome is not null && r.Payloads.Any(p => p.Kind != Protocol.Envelopes.PayloadKind.Input)))
        {
            try
            {
                grants += await call.Client.ShareAsync(task, run.Id, person, keys, cancellationToken);
            }
            catch (VantageException e) when (isOneOfMany && e.Code != ErrorCodes.Unauthenticated && e.Code != ClientErrorCodes.Unreachable)
            {
                problem ??= e.Message;
            }
        }

        return new SharedTask(task.Id, grants, problem);
    }

    private static Certificate Read(string file)
    {
        try
        {
            return Certificate.FromPem(File.ReadAllText(file));
        }
        catch (CertificateException e)
        {
            throw new VantageException(ErrorCodes.CertificateInvalid, $"{file}: {e.Message}", null, e);
        }
    }
}

internal sealed record SharedTask(TaskId Task, int Grants, string? Problem);

internal sealed record SharedTasks(UserId With, IReadOnlyList<SharedTask> Tasks);
