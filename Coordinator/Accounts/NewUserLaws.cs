using Vantage.Coordinator.Hosting;
using Vantage.Protocol.Api;

namespace Vantage.Coordinator.Accounts;

internal static class NewUserLaws
{
    public static IEnumerable<(string Member, string Rule)> Check(CreateUser ask)
    {
        foreach (var broken in Names.Check("name", ask.Name))
            yield return broken;
        if (ask.Email is { } email && (email.Length is < 3 or > 254 || email.Count(c => c == '@') != 1 || email.Any(char.IsWhiteSpace)))
            yield return ("email", "an address such as ada@example.org, or nothing");
        if (ask.Roles.Count == 0)
            yield return ("roles", "at least one");
        if (ask.Roles.Contains(Role.Admin) && (ask.Organization is not null || ask.Roles.Distinct().Count() > 1))
            yield return ("roles", "an admin of the Coordinator belongs to no organization and has no other role");
        if (!ask.Roles.Contains(Role.Admin) && ask.Organization is null)
            yield return ("organization", "whose account it is; only an admin of the Coordinator has none");
    }
}
