using System.Collections.Concurrent;
using System.Text.Json;
using Federation.Tests.Worlds;
using Vantage.Client;
using Vantage.Client.Connection;
using Vantage.Client.Errors;
using Vantage.Client.Home;
using Vantage.Client.Tasks;
using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;
using Vantage.Protocol.Manifests;
using Vantage.TestWorker;

namespace Federation.Tests.Failures.Questions;

/// <summary>The researcher, through the SDK: asks, follows, reads and verifies.</summary>
internal sealed class Asker(World world, CollaborationId collaboration, VantageClient client, CancellationToken stop) : IDisposable
{
    private const long SmallBytes = 1_000;
    private const long LargeBytes = 9L << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan LastingShort = TimeSpan.FromSeconds(12);
    private static int asked;
    private readonly ConcurrentDictionary<RunId, bool> succeeded = new();

    /// <summary>The runs that were verified to have a result.</summary>
    public IReadOnlyCollection<RunId> Succeeded => [.. succeeded.Keys];

    /// <param name="world">Whose researcher asks.</param>
    /// <param name="change">How the line differs from the researcher's profile.</param>
    /// <param name="stop">Ends it.</param>
    public static async Task<Asker> OfAsync(World world, Func<VantageClientOptions, VantageClientOptions> change, CancellationToken stop)
    {
        var home = new ClientHome(world.Researcher.Home);
        return new(world, CollaborationId.Parse(await world.Admin.TypeAsync("collaboration", "show", World.Collaboration), null),
            new VantageClient(change(home.ReadProfile().ToOptions()), home), stop);
    }

    /// <param name="kind">What to ask.</param>
    /// <param name="lostNode">What becomes of a run whose node goes silent.</param>
    /// <param name="lasting">Until the manifest's end; by default a day.</param>
    /// <param name="held">The algorithm waits until the question is released.</param>
    /// <param name="sites">Whom to ask; the first node of everybody by default.</param>
    public async Task<Question> AskAsync(
        QuestionKind kind, LostNodePolicy lostNode = LostNodePolicy.Wait, TimeSpan? lasting = null, bool held = false, params Site[] sites)
    {
        var asks = sites.Length == 0 ? world.Sites : sites;
        if (kind == QuestionKind.AtNode)
        {
            return new Question(kind, await client.SubmitAsync(CentralQuestion.Of(client, collaboration, asks[0]), stop), 0, 0, "", null);
        }

        var seed = Interlocked.Increment(ref asked);
        var bytes = kind is QuestionKind.Large or QuestionKind.Aged ? LargeBytes : SmallBytes;
        var hold = held || kind is QuestionKind.Cancelled or QuestionKind.Expiring ? world.Folder.Write($"hold-{seed}", "") : null;
        var witness = world.Folder.Sub($"witness-{seed}");
        var padding = kind == QuestionKind.LongArguments ? new string('x', 64 * 1024) : null;
        var task = await client.SubmitAsync(new TaskRequest
        {
            Collaboration = collaboration,
            Organizations = [.. asks.Select(site => OrganizationId.Parse(site.Organization, null)).Distinct()],
            Nodes = [.. asks.Select(site => NodeId.Parse(site.Node, null))],
            Algorithm = client.Algorithm("testing"),
            Function = "witness",
            Arguments = JsonSerializer.SerializeToUtf8Bytes(
                new WitnessArguments(witness, seed, bytes, hold, padding), TestingJson.Default.WitnessArguments),
            Data = [new DataRef { Label = "table", Kind = DataKind.Source, Id = "patients" }],
            LostNode = lostNode,
            Purpose = kind == QuestionKind.Approved ? Approver.Purpose : null,
            NotBefore = TimeProvider.System.GetUtcNow(),
            Lifetime = lasting ?? (kind is QuestionKind.Expiring or QuestionKind.Short ? LastingShort : TimeSpan.FromDays(1)),
        }, stop);
        return new Question(kind, task, seed, bytes, witness, hold);
    }

    /// <summary>Asks, and does what belongs to the kind: cancels, say.</summary>
    public async Task<Question> PoseAsync(QuestionKind kind, params Site[] sites)
    {
        var question = await AskAsync(kind, sites: sites);
        if (kind == QuestionKind.Cancelled)
        {
            await RunningAsync(question);
            await CancelAsync(question);
        }

        if (kind == QuestionKind.Aged)
        {
            await VerifyAsync(question with { Kind = QuestionKind.Large });
            await Ageing.OfAsync(world, question, stop);
        }

        return kind == QuestionKind.Approved ? question with { Approving = Approver.AnswerAsync(client, question, sites, stop) } : question;
    }

    /// <summary>Asks until the Coordinator has taken it: while nothing was sent, asking anew is all that a person can do.</summary>
    public async Task<Question> InsistAsync(QuestionKind kind, params Site[] sites)
    {
        while (true)
        {
            try
            {
                return await PoseAsync(kind, sites);
            }
            catch (VantageException e) when (e.Code is ClientErrorCodes.Unreachable or ErrorCodes.Unavailable)
            {
                await Task.Delay(500, stop);
            }
        }
    }

    /// <summary>The task once it is as wanted; a federation that is stuck fails the test and says where.</summary>
    public async Task<TaskView> UntilAsync(Question question, Func<TaskView, bool> wanted, TimeSpan? within = null)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(within ?? Patience);
        TaskView? last = null;
        try
        {
            await foreach (var view in client.WatchAsync(question.Task.Id, patience.Token))
            {
                last = view;
                if (wanted(view))
                {
                    return view;
                }
            }
        }
        catch (OperationCanceledException e) when (!stop.IsCancellationRequested)
        {
            throw new TimeoutException($"{question.Kind} {question.Task.Id} is stuck: {Describe(last)}", e);
        }

        throw new InvalidOperationException($"{question.Kind} {question.Task.Id} settled otherwise: {Describe(last)}");
    }

    /// <summary>
    /// The task as soon as its one run waits for that reason. Asked again and again: a lease lapses without a word, so that
    /// a watch notices only when it looks by itself.
    /// </summary>
    public async Task<TaskView> WaitsAsync(Question question, WaitingReason reason)
    {
        while (true)
        {
            var view = await client.GetTaskAsync(question.Task.Id, stop);
            if (view.Runs.Any(run => run.Waiting == reason))
            {
                return view;
            }

            Assert.True(view.Outcome is null, $"{question.Kind} {question.Task.Id} never waited for {reason}: {Describe(view)}");
            await Task.Delay(200, stop);
        }
    }

    public Task<TaskView> SettledAsync(Question question) => UntilAsync(question, view => view.Outcome is not null);

    /// <summary>Comes back when the question has settled, or when it is no longer worth waiting.</summary>
    public async Task EndedAsync(Question question, CancellationToken over)
    {
        try
        {
            await foreach (var view in client.WatchAsync(question.Task.Id, over))
            {
                if (view.Outcome is not null)
                {
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // It is looked at later, when nobody does harm any more.
        }
    }

    public Task<TaskView> RunningAsync(Question question) =>
        UntilAsync(question, view => view.Runs.All(run => run.Phase == RunPhase.Running));

    /// <summary>Repeated until the Coordinator has it: cancelling twice equals once.</summary>
    public async Task CancelAsync(Question question)
    {
        while (true)
        {
            try
            {
                await client.CancelAsync(question.Task.Id, stop);
                return;
            }
            catch (VantageException e) when (e.Code is ClientErrorCodes.Unreachable)
            {
                await Task.Delay(100, stop);
            }
        }
    }

    /// <summary>Each run ended as it should, and what it left is genuine and right.</summary>
    public async Task VerifyAsync(Question question)
    {
        var view = await SettledAsync(question);
        await question.Approving;
        foreach (var run in view.Runs)
        {
            Assert.True(run.Outcome is { } outcome && question.Expected.Contains(outcome), $"{question.Kind} {run.Id}: {Describe(view)}");
            if (run.Outcome == RunOutcome.Succeeded)
            {
                succeeded[run.Id] = true;
            }

            if (run.Outcome == RunOutcome.Succeeded && question.Kind == QuestionKind.AtNode)
            {
                await CentralQuestion.VerifyAsync(client, question, stop);
            }
            else if (run.Outcome == RunOutcome.Succeeded && question.Kind == QuestionKind.Aged)
            {
                await Ageing.VerifyAsync(client, world, view, run, stop);
            }
            else if (run.Outcome == RunOutcome.Succeeded)
            {
                await using var result = await client.OpenResultAsync(view, run.Id, null, stop);
                Assert.Equal(await Expectation.OfAsync(question, stop), await Expectation.OfAsync(result.Body, stop));
            }
        }
    }

    public void Dispose() => client.Dispose();

    private static string Describe(TaskView? view) => view is null ? "it was never seen" : $"{view.Outcome} "
        + string.Join(", ", view.Runs.Select(run => $"{run.Id} {run.Phase} epoch {run.Epoch} {run.Outcome} {run.Code} {run.Waiting}"));
}
