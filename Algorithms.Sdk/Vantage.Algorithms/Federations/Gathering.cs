namespace Vantage.Algorithms.Federations;

/// <summary>
/// Brings programs that run at the same time to one round. Whoever waits is asked for as soon as every program that still runs
/// waits: nobody waits for time, only for others that are at work.
/// </summary>
/// <param name="programs">How many begin.</param>
/// <param name="ask">Asks for those that wait, and answers each; what it throws is told to each of them.</param>
/// <typeparam name="TCall">What a program waits for.</typeparam>
/// <typeparam name="TAnswer">What it is given.</typeparam>
public sealed class Gathering<TCall, TAnswer>(int programs, Func<IReadOnlyList<Gathered<TCall, TAnswer>>, Task> ask)
{
    private readonly Lock gate = new();
    private readonly List<Gathered<TCall, TAnswer>> waiting = [];
    private int running = programs;

    /// <summary>Waits until the call is asked and answered.</summary>
    /// <param name="program">Whose, by its place among those that began.</param>
    /// <param name="call">What is asked.</param>
    public Task<TAnswer> AskAsync(int program, TCall call)
    {
        var one = new Gathered<TCall, TAnswer>(program, call);
        lock (gate)
        {
            waiting.Add(one);
        }

        AskIfAllWait();
        return one.Answered;
    }

    /// <summary>A program is over: the others wait for it no more.</summary>
    public void End()
    {
        lock (gate)
        {
            running--;
        }

        AskIfAllWait();
    }

    private void AskIfAllWait()
    {
        List<Gathered<TCall, TAnswer>> round;
        lock (gate)
        {
            if (waiting.Count == 0 || waiting.DistinctBy(one => one.Program).Count() < running)
                return;
            round = [.. waiting];
            waiting.Clear();
        }

        _ = AskAsync(round);
    }

    /// <summary>Whatever happens, nobody is left waiting.</summary>
    private async Task AskAsync(List<Gathered<TCall, TAnswer>> round)
    {
        try
        {
            await Task.Yield();
            await ask(round);
        }
        catch (Exception e)
        {
            round.ForEach(one => one.Fail(e));
        }
    }
}

/// <summary>One call that waits for its answer.</summary>
/// <param name="program">Whose.</param>
/// <param name="call">What is asked.</param>
/// <typeparam name="TCall">What a program waits for.</typeparam>
/// <typeparam name="TAnswer">What it is given.</typeparam>
public sealed class Gathered<TCall, TAnswer>(int program, TCall call)
{
    private readonly TaskCompletionSource<TAnswer> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whose.</summary>
    public int Program => program;

    /// <summary>What is asked.</summary>
    public TCall Call => call;

    internal Task<TAnswer> Answered => answer.Task;

    /// <summary>The first word stands.</summary>
    public void Answer(TAnswer given) => answer.TrySetResult(given);

    /// <summary>Throws in the program that waits.</summary>
    public void Fail(Exception why) => answer.TrySetException(why);
}
