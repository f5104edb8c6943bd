using Vantage.Protocol.Ids;

namespace Vantage.Protocol.Api;

/// <summary>Declares by which account a program works that shows access tokens of the institution's provider.</summary>
/// <param name="Client">The program's <c>client_id</c> at the provider.</param>
public sealed record CreateServiceAccount(string Name, OrganizationId Organization, string Client, IReadOnlyList<Role> Roles);
