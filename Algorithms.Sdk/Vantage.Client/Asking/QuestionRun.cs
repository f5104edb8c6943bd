using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Client.Errors;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Lifecycles;

namespace Vantage.Client.Asking;

/// <summary>Runs a central program, over fewer sites from the start where some dropped out, until it has ended.</summary>
internal sealed class QuestionRun(Memory memory, IRounds finder, IReadOnlyList<string> sites, bool acceptMissing)
{
    private readonly Dictionary<string, MissingSite> missing = [];

    public Action<IReadOnlyList<MissingSite>, IReadOnlyList<string>>? OnDropped { get; init; }

    public async Task<Answer<T>> AnswerAsync<T>(Func<IFederation, CancellationToken, Task<T>> program,
        CancellationToken cancellationToken)
    {
        while (true)
        {
            var left = sites.Where(site => !missing.ContainsKey(site)).ToList();
            var attempt = new Attempt(left, finder, acceptMissing);
            try
            {
                var result = await program(attempt, cancellationToken);
                if (!attempt.IsBroken)
                {
                    Note(attempt);
                    return Answer(result, null);
                }
            }
            catch (SitesDroppedException)
            {
                // Told below, also to a program that swallows it.
            }
            catch (SitesFailedException e)
            {
                Note(attempt);
                return Answer<T>(default, TooFew(e));
            }
            catch (RunFailedException e)
            {
                Note(attempt);
                return Answer<T>(default, Refused(e));
            }
            catch (VantageException e) when (IsOfTrust(e) && memory.Question.Rounds.Count > 0)
            {
                Note(attempt);
                foreach (var (site, told) in e.Errors)
                {
                    missing.TryAdd(site, new MissingSite(site, e.Code, told[0]));
                }

                return Answer<T>(default, e);
            }

            catch (Exception e) when (memory.Question.Rounds.Count > 0
                && e is not (VantageException or AskedException or OperationCanceledException))
            {
                // A fault of the program, or of what a site answered: its message names the site then.
                Note(attempt);
                return Answer<T>(default, new VantageException(ClientErrorCodes.TaskFailed,
                    $"The answers could not be put together: {e.Message}",
                    "Do all sites run the same release of the algorithm? Show the message to its author.", e));
            }

            Note(attempt);
            OnDropped?.Invoke([.. attempt.Missing.Values],
                [.. sites.Where(site => !missing.ContainsKey(site))]);
        }
    }

    private void Note(Attempt attempt)
    {
        foreach (var (site, gone) in attempt.Missing)
        {
            missing.TryAdd(site, gone);
        }
    }

    private Answer<T> Answer<T>(T? result, VantageException? problem)
    {
        var question = memory.Question;
        if (question.Rounds is not [.., var last])
        {
            // Nobody was asked: there is no task that an answer could be of.
            throw problem ?? new VantageException(ClientErrorCodes.RequestInvalid, "The program asked no site anything.");
        }

        return new Answer<T>(last.Task, question.Job, Outcome(problem), question.Name.Split('@')[0].Split(':')[^1],
            question.Algorithm.Text, result,
            SitesReport.Of(sites, [.. sites.Where(missing.ContainsKey).Select(site => missing[site])], question.NotAsked,
                problem is null, question.AcceptMissing), finder.Receipts, question.Disclosure)
        { Problem = problem };
    }

    /// <summary>A site that answered lets a question end as partial; else the gravest reason gives it its name.</summary>
    private TaskOutcome Outcome(VantageException? problem) => (problem, missing.Count) switch
    {
        (null, 0) => TaskOutcome.Succeeded,
        ({ } untrusted, _) when IsOfTrust(untrusted) => TaskOutcome.Failed,
        (_, 0) => TaskOutcome.Failed,
        (_, var gone) when gone < sites.Count => TaskOutcome.Partial,
        _ => NoneSucceeded(),
    };

    private TaskOutcome NoneSucceeded()
    {
        var ends = finder.Ends;
        return ends.Any(e => e is RunOutcome.Failed or RunOutcome.Lost) ? TaskOutcome.Failed
            : ends.Contains(RunOutcome.Cancelled) ? TaskOutcome.Cancelled
            : ends.Contains(RunOutcome.Expired) ? TaskOutcome.Expired
            : TaskOutcome.Refused;
    }

    private VantageException TooFew(SitesFailedException e)
    {
        var answered = sites.Count - missing.Count;
        var last = memory.Question.Rounds[^1].Task;
        return new VantageException(ClientErrorCodes.TaskFailed,
            $"{answered} of {sites.Count} sites answered, so that there is no result over all of them.",
            $"More: vantage task explain {last}. " + (missing.Values.All(m => m.Code == RunCodes.ArgumentsInvalid)
                ? "Correct the arguments and ask anew."
                : $"To ask those that gave nothing again: vantage task retry {last} --wait.")
            + (answered > 0 ? " To combine what there is, ask with --accept-missing." : ""), e)
        {
            Errors = sites.Where(missing.ContainsKey).ToDictionary(site => site, site => new[] { missing[site].Why }),
        };
    }

    private VantageException Refused(RunFailedException e) => memory.Question.Rounds.Count == 0
        ? new VantageException(ClientErrorCodes.RequestInvalid, e.Message, "Nothing was sent for it.", e)
        : new VantageException(ClientErrorCodes.TaskFailed, e.Message, null, e);

    private static bool IsOfTrust(VantageException e) => e.Code is ClientErrorCodes.ReceiptUntrusted
        or ClientErrorCodes.PayloadUnreadable or ClientErrorCodes.RootNotPinned or ClientErrorCodes.CertificateUntrusted
        or ClientErrorCodes.KeyRevoked
        or ClientErrorCodes.StatementUntrusted;
}
