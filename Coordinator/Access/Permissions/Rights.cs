namespace Vantage.Coordinator.Access.Permissions;

/// <summary>
/// All that somebody may do: each permission with its widest scope. Always computed from roles and never stored, so that
/// rights are what the roles say now, whatever was changed before.
/// </summary>
internal sealed class Rights
{
    private readonly Dictionary<Permission, Scope> widest;

    private Rights(Dictionary<Permission, Scope> widest) => this.widest = widest;

    public static Rights None { get; } = new([]);

    /// <summary>How far, or null for not at all.</summary>
    public Scope? this[Permission permission] => widest.TryGetValue(permission, out var scope) ? scope : null;

    /// <summary>In the order of <see cref="RuleTable"/>.</summary>
    public IEnumerable<Rule> Rules => RuleTable.Rows
        .Where(row => widest.ContainsKey(row.Permission))
        .Select(row => new Rule(row.Permission, widest[row.Permission]));

    public static Rights Of(IEnumerable<Rule> rules) =>
        new(rules.GroupBy(rule => rule.Permission).ToDictionary(same => same.Key, same => same.Max(rule => rule.Scope)));

    /// <summary>What either gives.</summary>
    public Rights And(Rights other) => Of(Rules.Concat(other.Rules));

    /// <summary>What both give: how a token's scopes narrow its owner's rights.</summary>
    public Rights Within(Rights limit) => Of(
        from rule in Rules
        where limit[rule.Permission] is not null
        select rule with { Scope = (Scope)Math.Min((int)rule.Scope, (int)limit[rule.Permission]!.Value) });

    /// <summary>The rules of the other that go beyond this; none means that this covers it.</summary>
    public IEnumerable<Rule> LackingFor(Rights other) => other.Rules.Where(rule => !(this[rule.Permission] >= rule.Scope));

    public bool Covers(Rights other) => !LackingFor(other).Any();
}
