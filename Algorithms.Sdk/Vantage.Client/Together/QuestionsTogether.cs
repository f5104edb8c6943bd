using System.Collections.Concurrent;
using System.Text.Json;
using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Client.Asking;
using Vantage.Client.Errors;
using Vantage.Client.Federation;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Manifests;

namespace Vantage.Client.Together;

/// <summary>
/// Many questions as if they were one: their programs run at the same time in this process, and whatever they wait for at the
/// same time is one task. Each has its own answer, with its own sites and its own reason if there is none.
/// </summary>
public sealed class QuestionsTogether
{
    private readonly VantageClient client;
    private readonly WireFederation wire;
    private readonly WireFederationOptions options;
    private readonly ConcurrentDictionary<string, AlgorithmRef> codes = new();
    private readonly List<Func<int, Gathering<WaitingCall, IReadOnlyDictionary<string, SiteCall>>, CancellationToken, Task>> waiting = [];

    private QuestionsTogether(VantageClient client, WireFederation wire, WireFederationOptions options) =>
        (this.client, this.wire, this.options) = (client, wire, options);

    /// <summary>The job that all rounds of all questions belong to.</summary>
    public JobId Job => wire.Job;

    /// <summary>The sites that are asked.</summary>
    public IReadOnlyList<string> Sites => wire.Sites;

    /// <summary>The tasks so far.</summary>
    public IReadOnlyList<TaskId> Tasks
    {
        get
        {
            lock (wire.Rounds)
            {
                return [.. wire.Rounds.Select(round => round.Id)];
            }
        }
    }

    /// <summary>Called with a round's number and each new state of it.</summary>
    public Action<int, TaskView>? OnProgress
    {
        get => wire.OnProgress;
        set => wire.OnProgress = value;
    }

    /// <summary>Chooses the sites and verifies their keys, once for all questions; asks nobody yet.</summary>
    /// <param name="client">Of a home with keys.</param>
    /// <param name="options">Whom, over which data, with which limits: the same for all of them.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async Task<QuestionsTogether> PrepareAsync(VantageClient client, WireFederationOptions options,
        CancellationToken cancellationToken = default) =>
        // A round names its code exactly, since it may be of several algorithms.
        new(client, await WireFederation.JoinAsync(client, options with { Resolve = AlgorithmRef.Parse }, cancellationToken), options);

    /// <summary>Adds a question, which is asked by the next <see cref="RunAsync"/>.</summary>
    /// <param name="algorithm">A name in the signed catalogue, <c>name@version</c>, or a whole reference.</param>
    /// <param name="central">Its central function, such as <c>Summary.Central</c>.</param>
    /// <param name="arguments">Of the central function.</param>
    /// <returns>
    /// Completes with its answer as soon as that is there. Where sites fail, the answer's result is null unless
    /// <see cref="WireFederationOptions.AcceptMissing"/> was said. It throws <see cref="VantageException"/> where nobody could be asked.
    /// </returns>
    public Task<Answer<TResult>> Ask<TArgs, TResult>(string algorithm, CentralFunction<TArgs, TResult> central, TArgs arguments) =>
        Add(algorithm, () => JsonSerializer.SerializeToElement(arguments, central.Arguments),
            (federation, ct) => central.RunAsync(federation, arguments, ct));

    /// <summary>The same of a function whose types are not known here.</summary>
    /// <param name="algorithm">A name in the signed catalogue, <c>name@version</c>, or a whole reference.</param>
    /// <param name="central">Its central function.</param>
    /// <param name="arguments">One JSON object.</param>
    public Task<Answer<JsonElement?>> Ask(string algorithm, CentralFunction central, JsonElement arguments)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(arguments, AskingJson.Default.JsonElement);
        return Add<JsonElement?>(algorithm, () => arguments, async (federation, ct) => await central.InvokeAsync(federation, bytes, ct));
    }

    /// <summary>Runs what was added until each has its answer. May be done again with what is added then.</summary>
    /// <param name="cancellationToken">Cancels the rounds that run; questions without an answer end as cancelled.</param>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        var programs = waiting.ToList();
        waiting.Clear();
        using var asker = new RoundAsker(client, wire, cancellationToken);
        var gathering = new Gathering<WaitingCall, IReadOnlyDictionary<string, SiteCall>>(programs.Count, asker.AskAsync);
        await Task.WhenAll(programs.Select((program, index) => Task.Run(async () =>
        {
            try
            {
                await program(index, gathering, cancellationToken);
            }
            finally
            {
                gathering.End();
            }
        }, CancellationToken.None)));
    }

    private Task<Answer<T>> Add<T>(string algorithm, Func<JsonElement> arguments, Func<IFederation, CancellationToken, Task<T>> program)
    {
        var answer = new TaskCompletionSource<Answer<T>>(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting.Add(async (index, gathering, cancellationToken) =>
        {
            try
            {
                var memory = new Memory(_ => { }, Asked(algorithm, arguments()));
                var run = new QuestionRun(memory, new JoinedRounds(index, gathering, memory), wire.Sites, options.AcceptMissing);
                answer.TrySetResult(await run.AnswerAsync(program, cancellationToken));
            }
            catch (OperationCanceledException e)
            {
                answer.TrySetCanceled(e.CancellationToken);
            }
            catch (Exception e)
            {
                answer.TrySetException(e);
            }
        });
        return answer.Task;
    }

    private AskedQuestion Asked(string algorithm, JsonElement arguments) => new()
    {
        V = 1, Job = Job, Name = algorithm, Algorithm = codes.GetOrAdd(algorithm, name => options.Resolve?.Invoke(name) ?? client.Algorithm(name)), Arguments = arguments,
        Collaboration = options.Collaboration, Study = options.Study, Sites = wire.Targets,
        NotAsked = [.. wire.NotAsked.Select(n => new UnaskedSite(n.Site, n.Why))], Data = options.Data, Session = options.Session,
        Resources = options.Resources, LostNode = options.LostNode, Purpose = options.Purpose, ProjectCode = options.ProjectCode,
        Lifetime = options.Lifetime, AcceptMissing = options.AcceptMissing, Disclosure = options.Disclosure,
    };
}
