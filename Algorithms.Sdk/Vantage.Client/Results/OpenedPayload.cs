using Vantage.Protocol.Receipts;

namespace Vantage.Client.Results;

/// <summary>A payload of a run, decrypted as it is read.</summary>
/// <param name="Proof">What vouches for it.</param>
/// <param name="Inner">How the result came about; null for a log.</param>
/// <param name="Body">
/// The content. Every byte is authentic; that it is all there is known only at the end, and reading throws
/// <see cref="Errors.VantageException"/> if not.
/// </param>
public sealed record OpenedPayload(RunProof Proof, InnerReceipt? Inner, Stream Body) : IAsyncDisposable
{
    /// <summary>The inner receipt as its node signed for it, byte for byte.</summary>
    internal byte[]? SignedInner { get; init; }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Body.DisposeAsync();
}
