namespace Vantage.Coordinator.Accounts.SecondFactors;

internal sealed class RecoveryCodeRow
{
    public Guid AccountId { get; init; }

    public Guid? OrganizationId { get; init; }

    /// <summary>By <see cref="AccountKey.Hash"/>.</summary>
    public required byte[] Hash { get; init; }
}
