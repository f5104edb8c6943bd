namespace Vantage.Coordinator.Access.Permissions;

/// <summary>An account's rights, from scratch: its roles' rules and nothing that was before.</summary>
internal static class AccountRights
{
    private static readonly Rights UpToCollaborations = Rights.Of(
        RuleTable.Rows.Where(row => row.Scopes[0] < Scope.Global)
            .Select(row => new Rule(row.Permission, row.Scopes.Last(scope => scope < Scope.Global))));

    /// <param name="inOrganization">The account belongs to one. Then nothing reaches beyond its collaborations, whatever the roles say.</param>
    /// <param name="defaultRoles">By name. A name that this program does not know gives nothing.</param>
    /// <param name="rules">Of the organization's own roles, as text. A rule that this program does not know gives nothing.</param>
    public static Rights Of(bool inOrganization, IEnumerable<string> defaultRoles, IEnumerable<string> rules)
    {
        var given = defaultRoles
            .Select(DefaultRoles.Find)
            .Aggregate(OfRules(rules), (rights, role) => role is null ? rights : rights.And(role.Rights));
        return DefaultRoles.Everyone.And(inOrganization ? given.Within(UpToCollaborations) : given);
    }

    public static Rights OfRules(IEnumerable<string> rules) =>
        Rights.Of(rules.Select(text => Rule.TryParse(text, out var rule) ? rule : (Rule?)null).OfType<Rule>());
}
