namespace Vantage.Coordinator.Accounts.SignIn;

/// <summary>How one account signs in by itself; without a row it does not.</summary>
internal sealed class SignInRow
{
    public Guid AccountId { get; init; }

    public Guid? OrganizationId { get; init; }

    /// <summary>Unique everywhere, in <see cref="Login.Normal"/> form.</summary>
    public required string Login { get; set; }

    public string? PasswordHash { get; set; }

    public DateTimeOffset? PasswordChangedAt { get; set; }

    public string? VerifiedEmail { get; set; }

    /// <summary>Sealed; see <see cref="SecondFactors.AccountKey"/>.</summary>
    public byte[]? TotpSecret { get; set; }

    /// <summary>Until then the secret is only proposed.</summary>
    public DateTimeOffset? TotpConfirmedAt { get; set; }

    public long TotpStep { get; set; }
}
