using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;
using Vantage.Protocol.Api;
using Vantage.Protocol.Audits.Heads;
using Vantage.Protocol.Charters;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;

namespace Vantage.Tests.NodeAgent.Doubles;

/// <summary>What the fake Coordinator knows, and the verbs by which a test makes things happen to it.</summary>
internal sealed class FakeState(Alliance alliance)
{
    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<string, HubCallerContext> connections = new();

    public Alliance Alliance => alliance;

    public ConcurrentDictionary<RunId, FakeRun> Runs { get; } = new();

    public ConcurrentDictionary<UploadId, FakeUpload> Uploads { get; } = new();

    public ConcurrentDictionary<string, bool> Tokens { get; } = new();

    public IHubContext<FakeHub, INodeClient> Hub { get; set; } = null!;

    /// <summary>For what the protocol has no method for.</summary>
    public IHubContext<FakeHub> AnyHub { get; set; } = null!;

    public Welcome Terms { get; set; } = new(1, [], alliance.Hospital.Node, 1, 60, 2, 16 * 1024, DateTimeOffset.MinValue);

    /// <summary>The node was certified by its organization.</summary>
    public bool IsCertified { get; set; } = true;

    /// <summary>With a code, sign-ins are refused by it.</summary>
    public string? RefuseSignIn { get; set; }

    public bool SendsHints { get; set; } = true;

    /// <summary>Off for one whose runs are put into its state, and into the node's hands, by a test.</summary>
    public bool OffersAgain { get; set; } = true;

    /// <summary>What its clock shows.</summary>
    public DateTimeOffset Now { get; set; } = alliance.Now;

    /// <summary>How many of the next commits are applied and never answered: their connection dies first.</summary>
    public int SwallowCommitReplies;

    public int SwallowClaimReplies;

    /// <summary>The next commit that names uploads finds that they are gone.</summary>
    public bool LosesUploadsOnce { get; set; }

    /// <summary>How many of the next upload parts die half way.</summary>
    public int CutParts;

    /// <summary>What it says of charters, whatever it then hands over.</summary>
    public IReadOnlyList<CharterHead>? CharterHeads { get; set; }

    /// <summary>The versions that it hands over, whatever it is asked for.</summary>
    public IReadOnlyList<SignedCharter> Charters { get; set; } = [];

    /// <summary>What it shows of its audit trail to a node that keeps a head of so many entries.</summary>
    public Func<long, HeadOffer?> Audit { get; set; } = _ => null;

    public int SignIns;

    public int Heartbeats;

    public int PartsReceived;

    public List<string> TransportsSeen { get; } = [];

    public ConcurrentQueue<Heartbeat> HeartbeatLog { get; } = new();

    public ConcurrentQueue<Inventory> Inventories { get; } = new();

    /// <summary>Called with the name of each hub method before it does anything.</summary>
    public Action<string> OnCall { get; set; } = _ => { };

    public FakeRun Offer(Question question, string? parent = null)
    {
        var run = new FakeRun(question, parent) { State = RunState.New(question.Manifest.NotAfter) };
        Runs[question.Run] = run;
        Hint();
        return run;
    }

    /// <summary>As after a lapsed lease under retry, or a restored database.</summary>
    public void OfferAgain(RunId run)
    {
        lock (gate)
        {
            var known = Runs[run];
            known.State = new RunState(RunPhase.Queued, known.State.Epoch, known.State.NotAfter);
        }

        Hint();
    }

    public void Cancel(RunId run)
    {
        long epoch;
        lock (gate)
        {
            Move(Runs[run], new RunEvent.Cancel());
            epoch = Runs[run].State.Epoch;
        }

        if (SendsHints)
        {
            _ = Hub.Clients.All.StopWork([new StopOrder(run, epoch, StopReason.Cancelled)]);
        }
    }

    public void ForgetRun(RunId run) => Runs.TryRemove(run, out _);

    public void RevokeSessions() => Tokens.Clear();

    public void AbortAll()
    {
        foreach (var connection in connections.Values)
        {
            connection.Abort();
        }
    }

    /// <summary>Says that these versions are the charter, and that there is something new.</summary>
    public void OfferCharter(CharterHead head, params IReadOnlyList<SignedCharter> versions)
    {
        (Charters, CharterHeads) = (versions, [head]);
        _ = Hub.Clients.All.LookAgain();
    }

    public void Hint()
    {
        if (SendsHints)
        {
            _ = Hub.Clients.All.WorkAvailable();
        }
    }

    /// <summary>No route without a session but health, enrolment and sign-in.</summary>
    public async Task AdmitAsync(HttpContext context, Func<Task> next)
    {
        context.Response.Headers.Date = Now.ToString("R");
        var path = context.Request.Path.Value!;
        var isOpen = path.StartsWith("/health", StringComparison.Ordinal) || path.Contains("node-enrolment") || path.Contains("node-sign-in");
        var token = context.Request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal);
        if (!isOpen && !Tokens.ContainsKey(token))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        if (path == INodeHub.Path)
        {
            lock (TransportsSeen)
            {
                TransportsSeen.Add(context.Request.Headers.Upgrade == "websocket" ? "websocket" : "poll");
            }
        }

        await next();
    }

    public void Joined(HubCallerContext connection) => connections[connection.ConnectionId] = connection;

    public void Left(HubCallerContext connection) => connections.TryRemove(connection.ConnectionId, out _);

    public bool IsJoined => !connections.IsEmpty;

    public List<ClaimedRun> Claim(int max)
    {
        lock (gate)
        {
            var claimed = Runs.Values.Where(run => run.State.Phase == RunPhase.Queued).OrderBy(run => run.Order).Take(max).ToList();
            claimed.ForEach(run => Move(run, new RunEvent.Claim()));
            return [.. claimed.Select(run => run.ToClaim())];
        }
    }

    public CommitReply Commit(CommitRequest request)
    {
        lock (gate)
        {
            if (!Runs.TryGetValue(request.Run, out var run))
            {
                return new CommitReply(CommitOutcome.Superseded);
            }

            run.Attempts.Add(request);
            if (LosesUploadsOnce && request.Payloads.Any(p => p.Upload is not null))
            {
                LosesUploadsOnce = false;
                Uploads.Clear();
            }

            var missing = request.Payloads.Where(p => p.Inline is null && !(Uploads.GetValueOrDefault(p.Upload!.Value)?.IsWhole ?? false)).ToList();
            if (missing.Count > 0)
            {
                return new CommitReply(CommitOutcome.PayloadMissing, Missing: [.. missing.Select(p => p.Digest)]);
            }

            var outcome = run.Read(request).Outcome;
            var before = run.State;
            switch (RunLifecycle.Next(run.State, new RunEvent.Commit(request.Epoch, outcome), DateTimeOffset.UnixEpoch))
            {
                case RunTransition.Moved moved:
                    run.State = moved.State;
                    run.Committed.Add(request);
                    return new CommitReply(CommitOutcome.Committed, moved.State.Outcome);
                case RunTransition.Absorbed:
                    return new CommitReply(CommitOutcome.AlreadyCommitted, before.Outcome);
                default:
                    return new CommitReply(CommitOutcome.Superseded, before.Outcome);
            }
        }
    }

    public void Report(IEnumerable<RunReport> reports)
    {
        lock (gate)
        {
            foreach (var report in reports.Where(report => Runs.ContainsKey(report.Run)))
            {
                var run = Runs[report.Run];
                run.Reports.Add(report);
                Move(run, new RunEvent.Report(report.Epoch, report.Phase));
            }
        }
    }

    /// <summary>What is reported and no longer wanted.</summary>
    public List<StopOrder> StopsAmong(IReadOnlyList<RunReport> reports)
    {
        lock (gate)
        {
            return [.. reports.Where(r => !Runs.TryGetValue(r.Run, out var run) || run.State.HasEnded || run.State.Epoch != r.Epoch)
                .Select(r => new StopOrder(r.Run, r.Epoch, StopReason.Ended))];
        }
    }

    /// <summary>What is owned and no longer in the inventory was never received: it is offered again.</summary>
    public void OfferAgainWhatIsNotIn(IReadOnlyList<RunReport> inventory)
    {
        lock (gate)
        {
            foreach (var run in Runs.Values.Where(run => OffersAgain && !run.State.HasEnded && inventory.All(r => r.Run != run.Question.Run)))
            {
                Move(run, new RunEvent.OfferAgain(run.State.Epoch));
            }
        }
    }

    public bool HasWork => Runs.Values.Any(run => run.State.Phase == RunPhase.Queued);

    private static void Move(FakeRun run, RunEvent happened)
    {
        if (RunLifecycle.Next(run.State, happened, DateTimeOffset.UnixEpoch) is RunTransition.Moved moved)
        {
            run.State = moved.State;
        }
    }
}
