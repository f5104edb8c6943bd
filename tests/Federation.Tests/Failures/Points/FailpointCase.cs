using Federation.Tests.Failures.Questions;

namespace Federation.Tests.Failures.Points;

/// <summary>One way for a process to die at one named step, and what is promised of it.</summary>
/// <param name="Name">As the program passes it.</param>
/// <param name="Kind">The question that leads there.</param>
/// <param name="Durable">What is on the disk by then.</param>
/// <param name="Ends">What the next life makes of it.</param>
internal sealed record FailpointCase(string Name, QuestionKind Kind, string Durable, string Ends)
{
    /// <summary>Which of its hits counts.</summary>
    public int Nth { get; init; } = 1;

    /// <summary>Leaves half of a write behind, rather than dying between two.</summary>
    public bool Torn { get; init; }

    /// <summary>The node has had a long life before: its journal is mostly of what is over.</summary>
    public bool LongJournal { get; init; }

    /// <summary>How often the algorithm may have been run in all: more than once only if nothing was sealed yet.</summary>
    public int MostExecutions { get; init; } = 1;

    /// <summary>As <c>VANTAGE_FAILPOINT</c> takes it.</summary>
    public string Arming => $"{Name}:{(Torn ? "torn" : "kill")}:{Nth}";

    public override string ToString() => $"{Name}{(Nth > 1 ? $" #{Nth}" : "")}";
}
