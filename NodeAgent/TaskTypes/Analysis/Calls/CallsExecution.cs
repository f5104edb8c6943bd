using Vantage.NodeAgent.Disclosure.Memory;
using Vantage.NodeAgent.Runs;
using Vantage.NodeAgent.TaskTypes.Analysis.Dictionaries;
using Vantage.NodeAgent.TaskTypes.Analysis.Sessions;
using Vantage.Protocol.Calls;
using Vantage.Protocol.Errors;

namespace Vantage.NodeAgent.TaskTypes.Analysis.Calls;

/// <summary>
/// A run of several calls. Each is judged by the policy as if it had come alone, done after the one before it, held against
/// disclosure control by its own schema, and has an end of its own. What all of them share is the way here and back, one look at
/// the data, and, where one rule allowed them, one program.
/// </summary>
internal sealed class CallsExecution(AnalysisPermission permission, CallPrograms programs, TimeProvider time)
{
    /// <summary>Stays in the node: what is asked alone is no refusal.</summary>
    public const string AloneCode = "alone";

    public static bool IsFor(RunOrder order) => CallBatch.IsFor(order.Manifest);

    public async Task<RunEnd> ExecuteAsync(RunOrder order, IRunProgress progress, CancellationToken stop)
    {
        CallBatch batch;
        try
        {
            batch = CallBatch.Read(order.Arguments.Span, order.Manifest.Algorithm);
        }
        catch (FormatException e)
        {
            return Failed(e.Message);
        }

        if (order.Requester.Delegate is not null || order.Manifest.Delegation is not null)
        {
            return Failed("Several calls at once are a person's to ask: a central function at a node asks one after the other.");
        }

        var begun = time.GetUtcNow();
        var ends = new CallEnds(batch.Calls.Count);
        var allowed = new List<AllowedCall>();
        foreach (var call in AskedCall.Of(order, batch))
        {
            stop.ThrowIfCancellationRequested();
            if (await JudgeAsync(call, ends, stop) is { } permit)
            {
                allowed.Add(new AllowedCall(call, permit));
            }
        }

        var facts = new ExecutionFacts(begun) { Decision = Decision(order, allowed) };
        using var work = new CallsWork(order, ends, progress, Deadline(order, begun));
        foreach (var group in CallGroup.ByRule(allowed))
        {
            facts = await programs.RunAsync(work, group, facts, stop);
        }

        stop.ThrowIfCancellationRequested();
        return await ends.WriteAsync(order.WorkDirectory, Told(facts, ends), stop) with { LogPath = work.LogPath };
    }

    /// <summary>Null, and the call has its end, unless it may be done here and now.</summary>
    private async Task<RunPermit?> JudgeAsync(AskedCall call, CallEnds ends, CancellationToken stop)
    {
        switch (await permission.AskAsync(call.Order, stop))
        {
            case Step<RunPermit>.Next { Value: var permit } when Alone(call.Order, permit) is { } why:
                ends.Set(call, new RunEnd.Refused(AloneCode, permit.Rule.Name, why, new ExecutionFacts()));
                return null;
            case Step<RunPermit>.Next { Value: var permit }:
                return permit;
            case Step<RunPermit>.End { How: var how }:
                ends.Set(call, how);
                return null;
            default:
                throw new InvalidOperationException("A step goes on or ends.");
        }
    }

    /// <summary>Why a call can't be one of several here; null if it can.</summary>
    private static string? Alone(RunOrder call, RunPermit permit) =>
        SessionWork.IsFor(call, permit) ? $"'{call.Manifest.Function}' changes what the node keeps: it is asked as a task of its own."
        : DictionaryWork.IsFor(call, permit) ? $"'{call.Manifest.Function}' is done by the node itself: it is asked as a task of its own."
        : !permit.TakesCalls || permit.Image?.Sidecar is not null
            ? $"'{call.Manifest.Algorithm.Name}' does one call and ends, since its manifest does not say 'warm': it is asked as a task of its own."
        : permit.Rule.Memory is { IsNone: false, OnDifference: OnDifference.Ask } or { CompleteCases: true }
            ? "Answers are compared here with earlier ones in a way that looks at each by itself: it is asked as a task of its own."
        : permit.Function?.Result is null ? $"What '{call.Manifest.Function}' gives is no JSON: it is asked as a task of its own."
        : null;

    /// <summary>Each rule that allowed some of it, as one line; the receipt of a run that was all refused says by what.</summary>
    private static PolicyDecision.Allowed Decision(RunOrder order, List<AllowedCall> allowed) => allowed.Count == 0
        ? order.Permission
        : new PolicyDecision.Allowed(allowed[^1].Permit.Decision.Policy,
            string.Join(", ", allowed.Select(call => call.Permit.Rule.Name).Distinct(StringComparer.Ordinal)));

    private static DateTimeOffset Deadline(RunOrder order, DateTimeOffset begun)
    {
        var asked = begun + TimeSpan.FromSeconds(order.Manifest.Resources.TimeSeconds);
        return asked < order.Manifest.NotAfter ? asked : order.Manifest.NotAfter;
    }

    private ExecutionFacts Told(ExecutionFacts facts, CallEnds ends) => facts with
    {
        FinishedAt = time.GetUtcNow(),
        HeldBack = ends.HeldBack,
        Enforced = new SortedDictionary<string, string>(facts.Enforced.ToDictionary(), StringComparer.Ordinal) { ["calls"] = ends.Words() },
    };

    private static RunEnd.Failed Failed(string message) => new(RunCodes.ArgumentsInvalid, message, null, new ExecutionFacts());
}
