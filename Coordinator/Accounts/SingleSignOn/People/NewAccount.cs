using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Vantage.Coordinator.Accounts.SingleSignOn.Flow;
using Vantage.Coordinator.Accounts.SingleSignOn.Providers;
using Vantage.Coordinator.Audit;
using Vantage.Coordinator.Hosting;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Accounts.SingleSignOn.People;

/// <summary>An account at its owner's first sign-in, in the one organization that the provider's settings name.</summary>
internal static class NewAccount
{
    /// <summary>Null if somebody else linked this identity meanwhile.</summary>
    public static async Task<LinkedAccount?> MakeAsync(Database database, string provider, ProviderSettings settings, SignOnCode person,
        TimeProvider time, CancellationToken cancellationToken)
    {
        OrganizationId? organization = person.Roles.Contains(GrantableRoles.CoordinatorAdmin) ? null : settings.Organization;
        string[] roles = organization is null ? [GrantableRoles.CoordinatorAdmin] : [];
        var name = Names.Check("name", person.Name).Any() ? Mark(settings, person) : person.Name!;
        // A namesake is another person: the mark tells them apart, and nobody takes over a name that colleagues know.
        foreach (var candidate in new[] { name, $"{name[..Math.Min(name.Length, 80)].TrimEnd()} ({Mark(settings, person)})" })
        {
            var made = new LinkedAccount(UserId.New(time), organization);
            try
            {
                await using var unit = await database.BeginAsync(made.Scope, cancellationToken);
                unit.Context.Add(new AccountRow { Id = made.Id.Value, OrganizationId = organization?.Value, Name = candidate, Email = Email(person), Roles = roles });
                await unit.Context.SaveChangesAsync(cancellationToken);
                unit.Context.Add(new IdentityRow
                {
                    Issuer = settings.Issuer, Subject = person.Subject, AccountId = made.Id.Value, OrganizationId = organization?.Value, IsService = false,
                });
                await unit.RecordAsync(ProvidedRoles.ActorOf(provider), "user.create", made.Id, cancellationToken, organization: organization);
                await ProvidedRoles.SetAsync(unit, provider, made, person.Roles, cancellationToken);
                await unit.CommitAsync(cancellationToken);
                return made;
            }
            catch (DbUpdateException e) when (e.IsDuplicate("account_name") && candidate == name)
            {
                // The next candidate.
            }
            catch (DbUpdateException e) when (e.IsDuplicate("account_identity_pkey"))
            {
                return null;
            }
        }

        throw new InvalidOperationException("Two accounts carry the same mark.");
    }

    private static string Mark(ProviderSettings settings, SignOnCode person) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{settings.Issuer}\n{person.Subject}")))[..10];

    /// <summary>For people to write to; never to be found by. What is no address is left out.</summary>
    private static string? Email(SignOnCode person) =>
        NewUserLaws.Check(new CreateUser("name", person.Email, null, [])).Any(broken => broken.Member == "email") ? null : person.Email;
}
