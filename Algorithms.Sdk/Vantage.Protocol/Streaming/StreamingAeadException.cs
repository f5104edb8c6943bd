using System.Security.Cryptography;

namespace Vantage.Protocol.Streaming;

public enum StreamingAeadFault
{
    /// <summary>A segment is not what was sealed here: changed, moved, repeated, or sealed for another context.</summary>
    Tampered,

    /// <summary>The end is missing.</summary>
    Truncated,
}

/// <summary>A sealed stream that is not, byte for byte, as it was sealed.</summary>
public sealed class StreamingAeadException(StreamingAeadFault fault)
    : CryptographicException(fault == StreamingAeadFault.Truncated
        ? "The sealed stream ends before its last segment."
        : "A segment of the sealed stream has been altered, or belongs to another stream.")
{
    public StreamingAeadFault Fault { get; } = fault;
}
