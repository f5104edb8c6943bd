using Vantage.Coordinator.Access;
using Vantage.Coordinator.Accounts.SingleSignOn.Flow;
using Vantage.Coordinator.Accounts.SingleSignOn.Providers;
using Vantage.Coordinator.Hosting;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Accounts.SingleSignOn.People;

/// <summary>
/// The account of somebody whom a provider has vouched for: the one that is linked to this issuer and subject, else a new
/// one where the settings allow. Its roles become what the person's groups give now, at each sign-in; who has none left
/// does not get in, and neither do the tokens that they made.
/// </summary>
internal sealed class ProvidedAccounts(Database database, Credentials credentials, TimeProvider time)
{
    public async Task<Answer<LinkedAccount>> AdmitAsync(string name, ProviderSettings provider, SignOnCode person, CancellationToken cancellationToken)
    {
        if (await FindAsync(provider, person, cancellationToken) is { } known)
            return await MeetAsync(name, provider, known, person, cancellationToken);
        if (!provider.CreateAccounts)
        {
            return Refusal.Forbidden($"No account here is linked to you. Give an admin of your organization your subject at '{name}', "
                + $"{person.Subject}: 'vantage user link' links it.");
        }

        if (person.Roles.Length == 0)
            return NoRole(name);
        return await NewAccount.MakeAsync(database, name, provider, person, time, cancellationToken) is { } made
            ? made
            // Two first sign-ins at once: the other one made it.
            : await FindAsync(provider, person, cancellationToken) is { } now
                ? await MeetAsync(name, provider, now, person, cancellationToken)
                : throw new InvalidOperationException("An identity that was there a moment ago is gone.");
    }

    private Task<LinkedAccount?> FindAsync(ProviderSettings provider, SignOnCode person, CancellationToken cancellationToken) =>
        Identities.FindAsync(database, provider.Issuer, person.Subject, cancellationToken);

    private async Task<Answer<LinkedAccount>> MeetAsync(string name, ProviderSettings provider, LinkedAccount known, SignOnCode person,
        CancellationToken cancellationToken)
    {
        if (known.Organization is { } own && own != provider.Organization)
            return Refusal.Forbidden("This identity belongs to an account that nobody signs in to by this provider.");
        var roles = Within(known.Organization, person.Roles);
        await using var unit = await database.BeginAsync(known.Scope, cancellationToken);
        await ProvidedRoles.SetAsync(unit, name, known, roles, cancellationToken);
        if (roles.Length == 0)
            await ProvidedRoles.EndAsync(unit, known, cancellationToken);
        await unit.CommitAsync(cancellationToken);
        credentials.Forget();
        return roles.Length == 0 ? NoRole(name) : known;
    }

    /// <summary>Whoever runs the Coordinator belongs to no organization, and the other way round; no account changes sides.</summary>
    private static string[] Within(OrganizationId? organization, string[] roles) => organization is null
        ? [.. roles.Where(role => role == GrantableRoles.CoordinatorAdmin)]
        : [.. roles.Where(role => role != GrantableRoles.CoordinatorAdmin)];

    private static Refusal NoRole(string name) => Refusal.Forbidden(
        $"None of your groups at '{name}' gives you a role here. Ask your organization's admin which group you need.");
}
