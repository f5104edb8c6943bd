namespace Vantage.Protocol.Hub;

/// <summary>
/// What a node may ask of the Coordinator. Every method is idempotent by (run, epoch): a node that never saw an answer
/// asks again. <see cref="Hello"/> comes first on each connection; before it every other method is refused. A refusal is
/// a hub exception whose message is a code of <see cref="Errors.ErrorCodes"/>, a colon, a blank and a sentence.
/// </summary>
public interface INodeHub
{
    const string Path = "/hub/node/v1";

    /// <summary>Agrees on a protocol version and tells the node its terms.</summary>
    Task<Welcome> Hello(Hello hello);

    /// <summary>Renews the node's lease and carries what changed since the last one.</summary>
    Task<HeartbeatReply> Heartbeat(Heartbeat heartbeat);

    /// <summary>Compares everything the node holds with everything it should hold. This, not messages, is the truth.</summary>
    Task<ReconcileReply> Reconcile(Inventory inventory);

    /// <summary>Takes ownership of up to <see cref="ClaimRequest.Max"/> runs.</summary>
    Task<ClaimReply> Claim(ClaimRequest request);

    /// <summary>Ends a run: outcome, receipt and payloads in one step.</summary>
    Task<CommitReply> Commit(CommitRequest request);
}

/// <summary>What the Coordinator may tell a node. Hints only: losing any of them loses nothing.</summary>
public interface INodeClient
{
    /// <summary>There may be something to claim.</summary>
    Task WorkAvailable();

    /// <summary>These runs are no longer wanted, or no longer yours.</summary>
    Task StopWork(IReadOnlyList<StopOrder> orders);

    /// <summary>Signed statements that concern many have changed, such as a list of revoked keys: fetch them.</summary>
    Task StatementsChanged();

    /// <summary>Something else than work has changed, such as a charter: reconcile soon.</summary>
    Task LookAgain();

    /// <summary>The Coordinator is going away; come back later.</summary>
    Task GoingAway(string reason);
}
