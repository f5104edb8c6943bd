using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;

namespace Vantage.Algorithms.Testing;

/// <summary>
/// Several central programs at the same time over one <see cref="InProcessFederation"/>, with rounds shared as the client shares
/// them: to see that a program of one's own gives among others what it gives alone.
/// </summary>
/// <param name="federation">The sites.</param>
public sealed class InProcessTogether(InProcessFederation federation)
{
    private readonly List<Func<int, Gathering<Func<Task>, bool>, Task>> programs = [];
    private readonly List<IReadOnlyList<int>> rounds = [];

    /// <summary>Whose calls each round held, by the order in which they were added: what would have been one task.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Rounds => rounds;

    /// <summary>Adds a program, which the next <see cref="RunAsync"/> runs.</summary>
    /// <param name="central">Its central function.</param>
    /// <param name="arguments">Of that.</param>
    /// <returns>Completes with its result, or throws what it threw.</returns>
    public Task<TResult> Ask<TArgs, TResult>(CentralFunction<TArgs, TResult> central, TArgs arguments)
    {
        var result = new TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        programs.Add(async (index, gathering) =>
        {
            try
            {
                result.TrySetResult(await central.RunAsync(new Joined(index, federation, gathering), arguments, CancellationToken.None));
            }
            catch (Exception e)
            {
                result.TrySetException(e);
            }
        });
        return result.Task;
    }

    /// <summary>Runs what was added until each has ended.</summary>
    public async Task RunAsync()
    {
        var now = programs.ToList();
        programs.Clear();
        var gathering = new Gathering<Func<Task>, bool>(now.Count, AskAsync);
        await Task.WhenAll(now.Select((program, index) => Task.Run(async () =>
        {
            await program(index, gathering);
            gathering.End();
        })));
    }

    private async Task AskAsync(IReadOnlyList<Gathered<Func<Task>, bool>> round)
    {
        rounds.Add([.. round.Select(one => one.Program).Order()]);
        foreach (var one in round)
        {
            await one.Call();
            one.Answer(true);
        }
    }

    private sealed class Joined(int program, InProcessFederation sites, Gathering<Func<Task>, bool> gathering) : IFederation
    {
        public IReadOnlyList<string> Sites => sites.Sites;

        public async Task<IReadOnlyList<SiteResult<TResult>>> RunAsync<TArgs, TResult>(
            Algorithm algorithm, PartialFunction<TArgs, TResult> function, TArgs arguments, CancellationToken cancellationToken)
        {
            Task<IReadOnlyList<SiteResult<TResult>>> own = null!;
            await gathering.AskAsync(program, async () =>
            {
                own = sites.RunAsync(algorithm, function, arguments, cancellationToken);
                await ((Task)own).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            });
            return await own;
        }
    }
}
