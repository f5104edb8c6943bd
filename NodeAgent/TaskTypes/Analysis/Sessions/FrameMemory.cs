using Vantage.NodeAgent.Data;
using Vantage.NodeAgent.Data.Sessions;
using Vantage.NodeAgent.Data.Sessions.Keeping;
using Vantage.NodeAgent.Disclosure.Memory;
using Vantage.NodeAgent.Policy;

namespace Vantage.NodeAgent.TaskTypes.Analysis.Sessions;

/// <summary>
/// Holds a frame that was just made against the answers that left: none about it would, if its rows differ in a few from theirs, so it
/// is not kept in the first place.
/// </summary>
internal static class FrameMemory
{
    /// <summary>Null if it may be kept. Remembers nothing: a frame is no answer.</summary>
    public static async Task<string?> ObjectionAsync(AnswerMemory? memory, AcceptRule rule, KeptFrame made, string folder, CancellationToken cancellationToken)
    {
        // What is complete depends on the columns that are asked for later, and so do the day's answers.
        var rules = rule.Memory with { CompleteCases = false, AnswersPerDay = 0, BytesPerDay = 0 };
        if (rules.Differencing == 0 || rules.OnDifference == OnDifference.Ask || memory?.Watch(rules, null) is not { } watch)
        {
            return null;
        }

        var path = Path.Combine(folder, "keys");
        var seen = await FrameMaker.Open(made).ExtractAsync(
            new ColumnChoice([made.Record.Shape.Columns[0].Name], null) { Watch = watch }, path, cancellationToken);
        File.Delete(path);
        return seen is Extraction.Done { Snapshot: var read }
            && memory.Foresee(made.Record.Name, watch.Scopes(read.Rows), rules) is (MemoryVerdict.Tells or MemoryVerdict.Unknown) and var verdict
            ? MemoryWords.For(verdict, rule) : null;
    }
}
