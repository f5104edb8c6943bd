using Vantage.Protocol.Ids;

namespace Vantage.Client.Federation;

/// <summary>
/// Names of sites that are each there once: where two organizations have one name, the id tells them apart.
/// </summary>
internal static class SiteNames
{
    public static IReadOnlyList<string> Of(IReadOnlyList<(OrganizationId Organization, string Name)> sites) =>
        sites.Select(site => sites.Count(other => other.Name == site.Name) == 1 ? site.Name
            : $"{site.Name} ({site.Organization})")
            .ToList();
}
