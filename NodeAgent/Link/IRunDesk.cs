using Vantage.Protocol.Hub;

namespace Vantage.NodeAgent.Link;

/// <summary>What the link asks of, and tells, whoever does the runs. All calls are short and never fail the link.</summary>
internal interface IRunDesk
{
    NodeMode Mode { get; }

    /// <summary>Everything the node holds.</summary>
    Inventory TakeInventory();

    /// <summary>What changed since it was last taken.</summary>
    IReadOnlyList<RunReport> TakeChanges();

    /// <summary>How many runs there is room for.</summary>
    int FreeSlots { get; }

    /// <summary>Returns once what was handed over is durable.</summary>
    Task AcceptAsync(ClaimReply handedOver, CancellationToken cancellationToken);

    /// <summary>Orders may come twice, and for runs that are long gone.</summary>
    void Stop(IReadOnlyList<StopOrder> orders);

    /// <summary>Until this instant of this node's monotonic clock the Coordinator counts on it.</summary>
    /// <param name="until">A timestamp of the <see cref="TimeProvider"/>.</param>
    void LeaseHolds(long until);

    /// <summary>Claims nothing while there is a reason not to; null takes it away. Work under way goes on.</summary>
    void Bar(string? why);

    /// <summary>Completes when the link should look at the desk before its time: there is room again, or news.</summary>
    Task WhenNews(CancellationToken cancellationToken);
}
