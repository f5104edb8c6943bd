using Vantage.Protocol.Identities;
using Vantage.Protocol.Json;

namespace Vantage.Protocol.Receipts;

/// <summary>Why a receipt does not vouch for what was fetched. The set is closed; each has a stable code.</summary>
public enum ReceiptFault
{
    /// <summary>The members do not fit together.</summary>
    ReceiptInvalid,

    /// <summary>Signed by someone other than the node of the run.</summary>
    WrongNode,

    /// <summary>A receipt of another run, task, epoch or manifest.</summary>
    OtherRun,

    /// <summary>The payload is not one that the receipt names.</summary>
    PayloadMismatch,

    /// <summary>The inner receipt is not the one that the outer names, or does not fit the content.</summary>
    InnerMismatch,
}

/// <summary>A receipt that does not vouch for what was fetched.</summary>
public sealed class ReceiptException(ReceiptFault fault, string message, Exception? innerException = null)
    : TrustException(message, innerException)
{
    public ReceiptFault Fault { get; } = fault;

    public override string Code => Fault.ToExactName();
}
