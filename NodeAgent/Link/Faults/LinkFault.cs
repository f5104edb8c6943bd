namespace Vantage.NodeAgent.Link.Faults;

/// <summary>What stands between this node and its Coordinator, in the order in which a person would look for it.</summary>
internal enum LinkFaultKind
{
    ProxyCredentials,
    ProxyRefused,
    NameNotFound,
    Unreachable,
    Tls,
    NotCertified,
    NotAccepted,
    ProtocolVersion,
    UpgradeRefused,
    Overloaded,
    Cut,
    Unknown,
}

/// <summary>A fault with what to do about it.</summary>
/// <param name="Message">What, where, which setting, what next.</param>
/// <param name="NeedsPerson">It will not pass by itself: try again slowly.</param>
internal sealed record LinkFault(LinkFaultKind Kind, string Message, bool NeedsPerson)
{
    public Backoff Backoff => NeedsPerson ? Backoff.Slow : Backoff.Transient;
}

/// <summary>The link, or the way to it, broke off.</summary>
internal sealed class LinkException(LinkFault fault, Exception? innerException = null) : Exception(fault.Message, innerException)
{
    public LinkFault Fault { get; } = fault;
}
