namespace Vantage.Coordinator.Access;

/// <summary>What a caller proved themselves with, where it is not ours.</summary>
/// <param name="StandsAsync">Whether it is good still; asked again and again while a stream is open.</param>
internal sealed record ForeignCredential(Func<CancellationToken, Task<bool>> StandsAsync);
