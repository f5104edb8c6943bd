using Vantage.NodeAgent.Runs;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;

namespace Vantage.NodeAgent.Subtasks;

/// <summary>
/// What one central function has asked: signs, sends, waits and reads for it. Lives as long as its run; what is open then
/// is ended by the Coordinator together with the run, or found again when the run is begun anew.
/// </summary>
internal sealed class SubtaskDesk(
    RunOrder order, string folder, IRunProgress progress, SubtaskDesk.Means means, CancellationToken stop) : ISubtasks, IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly SemaphoreSlim one = new(1);
    private readonly CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
    private readonly Dictionary<(string Function, Digest What), int> asked = [];
    private readonly Dictionary<TaskId, SubtaskWork> works = [];
    private SubtaskWriter? writer;
    private int waiting;
    private long used;

    /// <summary>What all desks of a node share.</summary>
    internal sealed record Means(
        SubtaskLine Line, SiteAnswerReader Reader, SubtaskKeys Keys, TimeProvider Time);

    public IReadOnlyList<SubtaskSite> Sites { get; } = means.Keys.SitesOf(order);

    public IReadOnlyList<string> Names => [.. Sites.Select(site => site.Name)];

    public TimeProvider Time => means.Time;

    public string? Trouble { get; private set; }

    public Task<TaskId> AskAsync(string function, byte[] arguments, CancellationToken cancellationToken) =>
        AskAsync(function, arguments, null, cancellationToken);

    public async Task<TaskId> AskAsync(string function, byte[] arguments, IReadOnlyList<int>? among, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, ending.Token);
        await one.WaitAsync(either.Token);
        try
        {
            var subtask = await SendAsync(function, arguments, among, either.Token);
            lock (gate)
            {
                works[subtask.Manifest.Task] = new SubtaskWork(subtask.Manifest.Task,
                    ReadAsync(subtask, among is null ? Sites : [.. among.Select(place => Sites[place])]));
            }

            return subtask.Manifest.Task;
        }
        catch (SubtaskRefusal e)
        {
            Trouble = e.Message;
            throw;
        }
        finally
        {
            one.Release();
        }
    }

    public SubtaskWork? Find(TaskId task)
    {
        lock (gate)
        {
            return works.GetValueOrDefault(task);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await Task.WhenAll(works.Values.Select(work => work.Answers)).ContinueWith(_ => { }, TaskScheduler.Default);
        ending.Dispose();
        one.Dispose();
    }

    private async Task<SignedSubtask> SendAsync(
        string function, byte[] arguments, IReadOnlyList<int>? among, CancellationToken cancellationToken)
    {
        writer ??= await means.Keys.WriterAsync(order, Sites, cancellationToken);
        var what = (function, What: What(arguments, among));
        var id = means.Keys.IdsOf(order).Task(order.Run, function, what.What, asked.GetValueOrDefault(what));
        var subtask = (among is null ? writer : writer.Among(among)).Write(id, function, arguments, works.Count);
        Failpoint.Pass("subtask.signed");
        if (!await means.Line.SubmitAsync(subtask, order.Signed, folder, cancellationToken))
        {
            subtask = await AdoptAsync(subtask, cancellationToken);
        }

        Failpoint.Pass("subtask.sent");

        asked[what] = asked.GetValueOrDefault(what) + 1;
        return subtask;
    }

    /// <summary>
    /// An earlier life of this run asked the same: the id says so, and the signature that it was this node. Its rounds go
    /// on, or are there already; nothing is computed twice.
    /// </summary>
    private async Task<SignedSubtask> AdoptAsync(SignedSubtask again, CancellationToken cancellationToken)
    {
        var evidence = await means.Line.EvidenceAsync(again.Manifest.Targets[0].Run, cancellationToken);
        try
        {
            var signed = means.Keys.VerifyOwn(evidence.Manifest, order);
            if (signed.Value.Task == again.Manifest.Task && signed.Value.Function == again.Manifest.Function)
            {
                return new SignedSubtask(signed.Value, evidence.Manifest, []);
            }
        }
        catch (TrustException)
        {
            // Somebody else's manifest under this node's id: as good as none.
        }

        throw new SubtaskRefusal(ErrorCodes.ManifestConflict,
            $"The Coordinator has another task under the id {again.Manifest.Task}, which this node did not sign.");
    }

    /// <summary>The same asked of other sites is another question.</summary>
    private static Digest What(byte[] arguments, IReadOnlyList<int>? among) => among is null
        ? Digest.Of(arguments)
        : Digest.OfText(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Digest.Of(arguments)} among {string.Join(',', among)}"));

    private async Task<IReadOnlyList<SiteAnswer>> ReadAsync(SignedSubtask subtask, IReadOnlyList<SubtaskSite> sites)
    {
        Waiting(+1);
        try
        {
            var view = await means.Line.SettledAsync(subtask.Manifest.Task, ending.Token);
            var answers = new List<SiteAnswer>();
            foreach (var (site, index) in sites.Select((site, index) => (site, index)))
            {
                var id = means.Keys.IdsOf(order).Run(subtask.Manifest.Task, site.Target.Node);
                var run = view.Runs.FirstOrDefault(run => run.Id == id)
                    ?? throw new SubtaskRefusal(ErrorCodes.Internal, $"The Coordinator forgot {id} of {subtask.Manifest.Task}.");
                var path = Path.Combine(folder, $"{subtask.Manifest.Task}-{index}");
                var answer = await means.Reader.ReadAsync(subtask, site, run, Room, path, ending.Token);
                Interlocked.Add(ref used, answer.End.Size ?? 0);
                answers.Add(answer);
            }

            Failpoint.Pass("subtask.answered");
            Note(answers);
            return answers;
        }
        finally
        {
            Waiting(-1);
        }
    }

    private long Room => ((long)order.Manifest.Resources.DiskMiB << 20) - Interlocked.Read(ref used);

    private void Note(List<SiteAnswer> answers)
    {
        var missing = answers.Where(answer => answer.End.Outcome != RunOutcome.Succeeded).Select(answer => Words(answer.End)).ToList();
        if (missing.Count > 0)
        {
            Trouble = $"{missing.Count} of {answers.Count} sites gave no result: {string.Join(" | ", missing)}";
        }
    }

    private static string Words(SubtaskEnd end) => (end.Outcome, end.Failure) switch
    {
        (RunOutcome.Refused, { } why) => $"{end.Site} refused by its rule '{end.Rule}': {why.Message}",
        (_, { } why) => $"{end.Site} failed ({why.Code}): {why.Message}",
        (RunOutcome.Cancelled, _) => $"{end.Site} was cancelled.",
        (RunOutcome.Expired, _) => $"{end.Site} did not end in the time that the task allows.",
        _ => $"{end.Site} was lost: its node went away and the task says not to wait.",
    };

    private void Waiting(int change)
    {
        lock (gate)
        {
            waiting += change;
            progress.Waiting(waiting > 0 ? WaitingReason.WaitingForSites : WaitingReason.None);
        }
    }
}
