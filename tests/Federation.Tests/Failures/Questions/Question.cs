using Vantage.Client.Tasks;
using Vantage.Protocol.Lifecycles;

namespace Federation.Tests.Failures.Questions;

/// <summary>One task, and what has to come of it.</summary>
internal sealed record Question(QuestionKind Kind, SubmittedTask Task, long Seed, long Bytes, string Witness, string? Hold)
{
    /// <summary>The person of the site, if the question needs one; there until it is settled.</summary>
    public System.Threading.Tasks.Task Approving { get; init; } = System.Threading.Tasks.Task.CompletedTask;

    /// <summary>How its runs may end.</summary>
    public IReadOnlyList<RunOutcome> Expected => Kind switch
    {
        QuestionKind.Cancelled => [RunOutcome.Cancelled],
        QuestionKind.Raced => [RunOutcome.Succeeded, RunOutcome.Cancelled],
        QuestionKind.Expiring => [RunOutcome.Expired],
        // On a busy machine its end may come first.
        QuestionKind.Short => [RunOutcome.Succeeded, RunOutcome.Expired],
        _ => [RunOutcome.Succeeded],
    };

    /// <summary>
    /// How often the algorithm was run, at the least. One that is cancelled once it runs may not have come to its first step, nor
    /// one whose end comes first on a busy machine;
    /// a central function takes no notes.
    /// </summary>
    public int FewestExecutions => Kind is QuestionKind.Cancelled or QuestionKind.Short or QuestionKind.AtNode ? 0 : 1;

    /// <summary>How often the algorithm was run at each site.</summary>
    public IReadOnlyDictionary<string, int> Executions => File.Exists(Witness)
        ? File.ReadAllLines(Witness).CountBy(line => line).ToDictionary()
        : new Dictionary<string, int>();

    /// <summary>Lets the algorithm go on.</summary>
    public void Release()
    {
        if (Hold is not null)
        {
            File.Delete(Hold);
        }
    }
}
