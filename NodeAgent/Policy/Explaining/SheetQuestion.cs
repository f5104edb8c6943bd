using System.Runtime.InteropServices;
using Vantage.NodeAgent.Hosting;
using Vantage.Protocol.Calls;

namespace Vantage.NodeAgent.Policy.Explaining;

/// <summary>The calls of a sheet, each as the question that it would be by itself: so the policy judges them when they come.</summary>
internal static class SheetQuestion
{
    public static bool IsFor(PolicyFacts facts) => facts.Function == CallBatch.Function;

    /// <summary>The sheet itself where its calls are not known: nobody can say more of it then.</summary>
    public static IReadOnlyList<PolicyFacts> Calls(PolicyFacts facts)
    {
        if (!IsFor(facts) || facts.Arguments is not { } sealedCalls)
        {
            return [facts];
        }

        try
        {
            var batch = CallBatch.Read(sealedCalls.Span, facts.Algorithm);
            return [.. batch.Calls.Select(call => facts with
            {
                Algorithm = batch.Algorithms[call.Algorithm],
                Function = call.Function,
                Arguments = JsonMarshal.GetRawUtf8Value(call.Arguments).ToArray(),
            })];
        }
        catch (FormatException e)
        {
            throw CommandFailure.Usage(e.Message);
        }
    }

    /// <summary>Which of the calls, by the number that an admin gave; all where they gave none.</summary>
    public static IEnumerable<(int? Number, T Call)> Chosen<T>(IReadOnlyList<T> calls, bool isSheet, int? number) => number switch
    {
        null => calls.Select((call, index) => (isSheet ? index + 1 : (int?)null, call)),
        _ when !isSheet => throw CommandFailure.Usage("--call: this is no sheet of calls, but one question."),
        < 1 => throw CommandFailure.Usage("--call: calls are counted from 1."),
        { } one when one > calls.Count => throw CommandFailure.Usage($"--call: the sheet has {calls.Count} calls."),
        { } one => [(one, calls[one - 1])],
    };
}
