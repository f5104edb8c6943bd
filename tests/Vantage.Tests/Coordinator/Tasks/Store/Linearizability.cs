namespace Vantage.Tests.Coordinator.Tasks.Store;

/// <summary>One call on one run: when it was made, when it was answered, and what state it makes of a state, if its answer can be right there.</summary>
internal sealed record Call<TState>(string Name, long Made, long Answered, Func<TState, TState?> Next)
    where TState : class;

/// <summary>
/// Whether calls that overlapped can have happened one after the other: some order keeps to real time, and in it every
/// answer is right (Wing and Gong's search, with Lowe's memory of what was tried). For small histories.
/// </summary>
internal static class Linearizability
{
    public static bool Holds<TState>(TState start, IReadOnlyList<Call<TState>> calls)
        where TState : class => Holds(start, calls, 0, []);

    private static bool Holds<TState>(TState state, IReadOnlyList<Call<TState>> calls, ulong done, HashSet<(ulong, TState)> tried)
        where TState : class
    {
        if (done == (1UL << calls.Count) - 1)
        {
            return true;
        }

        if (!tried.Add((done, state)))
        {
            return false;
        }

        var open = Enumerable.Range(0, calls.Count).Where(i => (done & (1UL << i)) == 0).ToList();
        var firstAnswer = open.Min(i => calls[i].Answered);
        return open.Where(i => calls[i].Made <= firstAnswer)
            .Any(i => calls[i].Next(state) is { } next && Holds(next, calls, done | (1UL << i), tried));
    }
}
