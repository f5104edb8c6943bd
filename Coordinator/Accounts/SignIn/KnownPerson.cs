using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Accounts.SignIn;

/// <summary>An account with what a sign-in is checked against, before anybody has proved anything.</summary>
internal sealed record KnownPerson(UserId User, OrganizationId? Organization, string Name, string Login, string? Email,
    string? VerifiedEmail, bool Disabled, string? PasswordHash, byte[]? TotpSecret, bool TotpConfirmed)
{
    public TenantScope Scope => TenantScope.Of(Organization ?? TenantScope.CoordinatorItself);

    public bool EmailIsVerified => Email is not null && Email == VerifiedEmail;
}
