using Vantage.Protocol.Hub;

namespace Vantage.NodeAgent.Link;

/// <summary>Until when the Coordinator counts on this node, by this node's monotonic clock. Pure.</summary>
internal static class LeaseTerms
{
    /// <summary>
    /// A sixth of the lease less than the Coordinator counts: two clocks drift, and a process needs a moment to stop before
    /// somebody else may start.
    /// </summary>
    public static long UntilOf(long asked, Welcome terms, TimeProvider time) =>
        asked + (long)(terms.LeaseSeconds * (5.0 / 6.0) * time.TimestampFrequency);
}
