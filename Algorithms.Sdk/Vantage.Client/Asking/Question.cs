using System.Text.Json;
using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Client.Errors;
using Vantage.Client.Federation;
using Vantage.Client.Tasks;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;

namespace Vantage.Client.Asking;

/// <summary>
/// A question of any number of rounds: asked, put together here, and honest about whose rows the answer is over. What
/// it takes to read or complete it later is kept in the client's home.
/// </summary>
public sealed class Question
{
    private readonly VantageClient client;
    private readonly WireFederation wire;
    private readonly Memory memory;
    private readonly string name;

    private Question(VantageClient client, WireFederation wire, AskedQuestion asked)
    {
        (this.client, this.wire, name) = (client, wire, asked.Name);
        memory = new Memory(client.Keys.WriteAsked, asked);
    }

    /// <summary>What its rounds belong to.</summary>
    public JobId Job => memory.Question.Job;

    /// <summary>The algorithm as it was named: a name, <c>name@version</c> or a whole reference.</summary>
    public string Name => name;

    /// <summary>The tasks so far: one a round, and one for each time that sites were asked again.</summary>
    public IReadOnlyList<TaskId> Tasks => [.. memory.Question.Rounds.Select(r => r.Task)];

    /// <summary>
    /// Whether its program asks in rounds that depend on each other, as far as can be told from what was asked.
    /// </summary>
    public bool IsOfRounds => memory.Question.Rounds.DistinctBy(r => (r.Function, r.Arguments)).Count() > 1;

    /// <summary>The sites that are asked.</summary>
    public IReadOnlyList<string> Sites => wire.Sites;

    /// <summary>Members of the collaboration that cannot be asked, and why.</summary>
    public IReadOnlyList<UnaskedSite> NotAsked => memory.Question.NotAsked;

    /// <summary>
    /// The answer with a result, as it was put together and verified from this home; null where there is none yet, or
    /// sites were asked since.
    /// </summary>
    public Answer<JsonElement?>? Answer => memory.Question is { Answer: { Result: not null } answer, Rounds: [.., var last] }
        && answer.Task == last.Task ? answer : null;

    /// <summary>Called with a round's number and each new state of it.</summary>
    public Action<int, TaskView>? OnProgress
    {
        get => wire.OnProgress;
        set => wire.OnProgress = value;
    }

    /// <summary>
    /// Called where sites dropped out and the program starts again: who and why, and over which sites it goes on.
    /// </summary>
    public Action<IReadOnlyList<MissingSite>, IReadOnlyList<string>>? OnDropped { get; set; }

    /// <summary>Chooses the sites and verifies their keys; asks nobody yet.</summary>
    /// <param name="client">Of a home with keys.</param>
    /// <param name="algorithm">A name in the signed catalogue, <c>name@version</c>, or a whole reference.</param>
    /// <param name="arguments">Of the algorithm's central function: one JSON object.</param>
    /// <param name="options">Whom, over which data, with which limits.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async Task<Question> PrepareAsync(VantageClient client, string algorithm, JsonElement arguments,
        WireFederationOptions options, CancellationToken cancellationToken = default)
    {
        var exact = options.Resolve?.Invoke(algorithm) ?? client.Algorithm(algorithm);
        var joined = await WireFederation.JoinAsync(client, options with { Resolve = _ => exact }, cancellationToken);
        return new Question(client, joined, new AskedQuestion
        {
            V = 1, Job = joined.Job, Name = algorithm, Algorithm = exact, Arguments = arguments,
            Collaboration = options.Collaboration, Study = options.Study, Sites = joined.Targets,
            NotAsked = [.. joined.NotAsked.Select(n => new UnaskedSite(n.Site, n.Why))], Data = options.Data, Session = options.Session,
            Resources = options.Resources, LostNode = options.LostNode, Purpose = options.Purpose,
            ProjectCode = options.ProjectCode, Lifetime = options.Lifetime, AcceptMissing = options.AcceptMissing,
            Disclosure = options.Disclosure,
        });
    }

    /// <summary>The question that a task was a round of; null where it was asked from elsewhere.</summary>
    public static Question? Recall(VantageClient client, TaskView task) =>
        Recall(client, task.Job) is { } question && question.Tasks.Contains(task.Id) ? question : null;

    /// <summary>A question that was asked from this home before; null for others.</summary>
    public static Question? Recall(VantageClient client, JobId job) => client.Keys.ReadAsked(job) is { } asked
        ? new Question(client, WireFederation.Rejoin(client, asked), asked) : null;

    /// <summary>Asks until there is an answer; rounds that were answered before are not asked again.</summary>
    /// <param name="central">The program that puts the answers together.</param>
    /// <param name="again">Sites whose failures of before count for nothing.</param>
    /// <param name="cancellationToken">Cancels the round that runs.</param>
    public Task<Answer<JsonElement?>> RunAsync(CentralFunction central, IReadOnlyList<string>? again = null,
        CancellationToken cancellationToken = default) =>
        KeptAsync(Program(central), Finder(Effort.AskAndWait, again ?? []), memory.Question.AcceptMissing,
            cancellationToken);

    /// <summary>Asks the first round that has no answer yet, and does not wait for it.</summary>
    /// <param name="central">The program whose round it is.</param>
    /// <param name="again">Sites whose failures of before count for nothing.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The round; null when every round has its answers.</returns>
    public async Task<SubmittedTask?> AskAsync(CentralFunction central, IReadOnlyList<string>? again = null,
        CancellationToken cancellationToken = default)
    {
        try
        {
            await KeptAsync(Program(central), Finder(Effort.AskOnly, again ?? []), memory.Question.AcceptMissing,
                cancellationToken);
            return null;
        }
        catch (AskedException e)
        {
            return e.Round;
        }
    }

    /// <summary>Puts together what the sites have answered; asks nobody.</summary>
    /// <param name="central">The program that puts the answers together.</param>
    /// <param name="acceptMissing">Take fewer sites, whatever was said when it was asked.</param>
    /// <param name="cancellationToken">Stops.</param>
    public Task<Answer<JsonElement?>> ReadAsync(CentralFunction central, bool acceptMissing = false,
        CancellationToken cancellationToken = default) =>
        KeptAsync(Program(central), Finder(Effort.ReadOnly, []), acceptMissing || memory.Question.AcceptMissing,
            cancellationToken);

    /// <summary>
    /// Fetches the receipts of <see cref="Answer"/> again, and holds each against pins, question and digest. Throws where
    /// one is not what it was.
    /// </summary>
    public async Task VerifyAsync(CancellationToken cancellationToken = default)
    {
        foreach (var round in (Answer?.Receipts ?? []).GroupBy(receipt => receipt.Task))
        {
            var task = await client.GetTaskAsync(round.Key, cancellationToken);
            foreach (var receipt in round)
            {
                var proof = await client.VerifyAsync(task, receipt.Run, cancellationToken);
                if (proof.Receipt.OfJws != receipt.Digest)
                {
                    throw new VantageException(ClientErrorCodes.ReceiptUntrusted,
                        $"{receipt.Site}: the receipt of {receipt.Run} is another than the one that the answer was made of.",
                        "Tell your Coordinator's admin and the partner: somebody replaced it.");
                }
            }
        }
    }

    internal Task<Answer<TResult>> RunAsync<TArgs, TResult>(CentralFunction<TArgs, TResult> central, TArgs arguments,
        CancellationToken cancellationToken) =>
        Run(Finder(Effort.AskAndWait, []), memory.Question.AcceptMissing)
            .AnswerAsync((federation, ct) => central.RunAsync(federation, arguments, ct), cancellationToken);

    internal void Keep<TResult>(Answer<TResult> answer, Func<TResult, JsonElement> toJson)
    {
        if (answer.Sites.Holds)
        {
            memory.Keep(memory.Question with
            {
                Answer = new Answer<JsonElement?>(answer.Task, answer.Job, answer.Outcome, answer.Analysis,
                    answer.Algorithm, toJson(answer.Result!), answer.Sites, answer.Receipts, answer.Disclosure),
            });
        }
    }

    private async Task<Answer<JsonElement?>> KeptAsync(Func<IFederation, CancellationToken, Task<JsonElement?>> program,
        RunFinder finder, bool acceptMissing, CancellationToken cancellationToken)
    {
        var answer = await Run(finder, acceptMissing).AnswerAsync(program, cancellationToken);
        if (answer.Sites.Holds)
        {
            memory.Keep(memory.Question with { Answer = answer });
        }

        return answer;
    }

    private Func<IFederation, CancellationToken, Task<JsonElement?>> Program(CentralFunction central)
    {
        var arguments = JsonSerializer.SerializeToUtf8Bytes(memory.Question.Arguments, AskingJson.Default.JsonElement);
        return async (federation, cancellationToken) =>
            await central.InvokeAsync(federation, arguments, cancellationToken);
    }

    private RunFinder Finder(Effort effort, IReadOnlyList<string> again) =>
        new(client, wire, memory, name) { Effort = effort, Again = again };

    private QuestionRun Run(RunFinder finder, bool acceptMissing) =>
        new(memory, finder, wire.Sites, acceptMissing) { OnDropped = OnDropped };
}
