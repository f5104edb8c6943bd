using Microsoft.AspNetCore.SignalR;
using Vantage.Coordinator.Access;
using Vantage.Coordinator.Collaborations.Charters;
using Vantage.Coordinator.Keys;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Hub;

namespace Vantage.Coordinator.Realtime.Nodes;

/// <summary>
/// The hub of nodes: thin, since everything is decided by <see cref="NodeDesk"/>. Only a node with a session gets here;
/// each call acts for that node, as its session stands at that moment.
/// </summary>
internal sealed class NodeHub(
    NodeDesk desk, NodeLines lines, CharterHeads charters, OpenStreams streams, Credentials credentials, StatementMarks marks)
    : Hub<INodeClient>, INodeHub
{
    private NodeConnection Connection => (NodeConnection)Context.Items[nameof(NodeConnection)]!;

    /// <summary>A poll's copy of the request keeps its headers and nothing else, so the caller is asked for once more.</summary>
    public override async Task OnConnectedAsync()
    {
        var http = Context.GetHttpContext()!;
        var secret = SecretOf(http);
        if (await credentials.CheckAsync(secret, Context.ConnectionAborted) is not CredentialCheck.Known(NodeCaller caller))
        {
            Context.Abort();
            return;
        }

        Context.Items[nameof(NodeConnection)] = new NodeConnection(caller, secret, streams.Watch(http), Context.Abort);
        lines.Add(caller.Node, Context.ConnectionId);
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        if (Context.Items[nameof(NodeConnection)] is NodeConnection connection)
        {
            lines.Remove(connection.Caller.Node, Context.ConnectionId);
            connection.Dispose();
        }

        return Task.CompletedTask;
    }

    public async Task<Welcome> Hello(Hello hello)
    {
        await AdmitAsync();
        return desk.Welcome(hello, Connection);
    }

    public async Task<HeartbeatReply> Heartbeat(Heartbeat heartbeat) =>
        await desk.BeatAsync(heartbeat, await GreetedAsync(), Context.ConnectionAborted);

    public async Task<ReconcileReply> Reconcile(Inventory inventory)
    {
        var connection = await GreetedAsync();
        var reply = await desk.ReconcileAsync(inventory, connection, Context.ConnectionAborted);
        var heads = await charters.OfAsync(connection.Caller.Collaborations, Context.ConnectionAborted);
        return reply with
        {
            Statements = await marks.CurrentAsync(Context.ConnectionAborted),
            Charters = heads.Count > 0 ? heads : null,
        };
    }

    public async Task<ClaimReply> Claim(ClaimRequest request) =>
        await desk.ClaimAsync(request, await GreetedAsync(), Context.ConnectionAborted);

    public async Task<CommitReply> Commit(CommitRequest request) =>
        await desk.CommitAsync(request, await GreetedAsync(), Context.ConnectionAborted);

    private static SecretText SecretOf(HttpContext http) =>
        SecretText.TryParse(http.Request.Headers.Authorization.ToString().Split(' ')[^1], out var secret)
            ? secret
            : throw new InvalidOperationException("Only a signed-in node gets as far as this.");

    private async Task<NodeConnection> GreetedAsync()
    {
        await AdmitAsync();
        return Connection.AgentVersion is not null
            ? Connection
            : throw NodeDesk.Refuse(ErrorCodes.ProtocolVersion, "Say Hello first, so that both sides know what they speak.");
    }

    /// <summary>The session as it stands: revoked or expired ends the line, and new collaborations count at once.</summary>
    private async Task AdmitAsync()
    {
        if (await credentials.CheckAsync(Connection.Secret, Context.ConnectionAborted) is CredentialCheck.Known(NodeCaller caller))
        {
            Connection.Caller = caller;
            return;
        }

        Context.Abort();
        throw NodeDesk.Refuse(ErrorCodes.Unauthenticated, "The session has ended. Sign in again.");
    }
}
