namespace Vantage.Coordinator.Accounts.Passkeys;

/// <summary>An account as Identity's passkey handler sees one.</summary>
/// <param name="Id">The user's id, with its prefix.</param>
internal sealed record Person(string Id, string Name, Guid? Organization, bool Disabled);
