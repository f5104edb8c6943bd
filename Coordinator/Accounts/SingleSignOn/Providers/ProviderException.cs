namespace Vantage.Coordinator.Accounts.SingleSignOn.Providers;

/// <summary>
/// A provider did not answer as it has to. Whatever is wrong, nobody gets in. The message is for the operator's log: what
/// the provider said is never part of it.
/// </summary>
internal sealed class ProviderException(string message, Exception? inner = null) : Exception(message, inner);
