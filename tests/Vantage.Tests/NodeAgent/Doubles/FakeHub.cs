using Microsoft.AspNetCore.SignalR;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Hub;

namespace Vantage.Tests.NodeAgent.Doubles;

internal sealed class FakeHub(FakeState state) : Hub<INodeClient>, INodeHub
{
    public override Task OnConnectedAsync()
    {
        state.Joined(Context);
        return Task.CompletedTask;
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        state.Left(Context);
        return Task.CompletedTask;
    }

    public Task<Welcome> Hello(Hello hello) => hello.Min <= 1 && hello.Max >= 1
        ? Task.FromResult(state.Terms with { Now = state.Now })
        : throw new HubException($"{ErrorCodes.ProtocolVersion}: no version in common.");

    public Task<HeartbeatReply> Heartbeat(Heartbeat heartbeat)
    {
        state.OnCall(nameof(Heartbeat));
        Interlocked.Increment(ref state.Heartbeats);
        state.HeartbeatLog.Enqueue(heartbeat);
        state.Report(heartbeat.Reports);
        return Task.FromResult(new HeartbeatReply(DateTimeOffset.UnixEpoch, state.StopsAmong(heartbeat.Reports), state.HasWork));
    }

    public Task<ReconcileReply> Reconcile(Inventory inventory)
    {
        state.OnCall(nameof(Reconcile));
        state.Inventories.Enqueue(inventory);
        state.Report(inventory.Runs);
        var stop = state.StopsAmong(inventory.Runs);
        state.OfferAgainWhatIsNotIn(inventory.Runs);
        return Task.FromResult(new ReconcileReply([.. inventory.Runs.Select(r => r.Run).Except(stop.Select(s => s.Run))], stop, state.HasWork, Charters: state.CharterHeads,
            Audit: state.Audit(inventory.AuditSize ?? 0)));
    }

    public Task<ClaimReply> Claim(ClaimRequest request)
    {
        state.OnCall(nameof(Claim));
        var claimed = state.Claim(request.Max);
        if (claimed.Count > 0 && Interlocked.Decrement(ref state.SwallowClaimReplies) >= 0)
        {
            Context.Abort();
        }

        return Task.FromResult(new ClaimReply(claimed));
    }

    public Task<CommitReply> Commit(CommitRequest request)
    {
        state.OnCall(nameof(Commit));
        var reply = state.Commit(request);
        if (Interlocked.Decrement(ref state.SwallowCommitReplies) >= 0)
        {
            Context.Abort();
        }

        return Task.FromResult(reply);
    }
}
