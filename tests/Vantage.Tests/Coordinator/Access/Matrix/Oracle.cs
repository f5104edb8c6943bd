namespace Vantage.Tests.Coordinator.Access.Matrix;

/// <summary>
/// Who may do what, written down a second time: by hand, from what the roles are for, in words of its own. It knows
/// nothing of the Coordinator's table, so that a slip in one of the two shows.
/// </summary>
internal static class Oracle
{
    private const string Self =
        "user.view own; user.edit own; token.view own; token.create own; token.delete own";

    private const string Looking = Self
        + "; organization.view circle; user.view house; role.view house; collaboration.view circle; study.view circle; node.view house; task.view house"
        + "; algorithm.view circle; review.view house; dataset.view circle";

    private const string Asking = Looking + "; task.create circle; task.cancel own; algorithm.create house";

    private const string RunningAHouse = Asking
        + "; organization.edit house; user.create house; user.edit house; user.delete house"
        + "; token.view house; token.create house; token.delete house"
        + "; role.create house; role.edit house; role.delete house; role.grant house"
        + "; node.create house; node.edit house; node.delete house; study.create circle"
        + "; task.cancel house; run.view house; audit.view circle"
        + "; algorithm.edit house; algorithm.delete house; review.create house; review.edit house; review.approve house"
        + "; dataset.create house; dataset.edit house; dataset.delete house";

    private const string Everything =
        "organization.view all; organization.create all; organization.edit house; user.view all; user.create all; user.edit all; user.delete all"
        + "; token.view all; token.create all; token.delete all; role.view all; role.create all; role.edit all; role.delete all; role.grant all"
        + "; collaboration.view all; collaboration.create all; study.view all; study.create all; node.view all; node.create all; node.edit house"
        + "; node.delete all; task.view all; task.create circle; task.cancel all; run.view all; audit.view all"
        + "; algorithm.view all; algorithm.create all; algorithm.edit all; algorithm.delete all"
        + "; review.view all; review.create all; review.edit all; review.approve all"
        + "; dataset.view all; dataset.create house; dataset.edit house; dataset.delete house";

    /// <summary>The roles of the matrix: the default ones, some of an organization's own, none at all, and nodes.</summary>
    private static readonly Dictionary<string, Dictionary<string, Reach>> Roles = new Dictionary<string, string>
    {
        ["admin"] = Everything,
        ["collaboration-admin"] = RunningAHouse + "; task.view circle; task.cancel circle; run.view circle; review.view circle",
        ["organization-admin"] = RunningAHouse,
        ["researcher"] = Asking,
        ["viewer"] = Looking,
        ["data-steward"] = Looking + "; run.view house; audit.view house; dataset.create house; dataset.edit house; dataset.delete house",
        ["algorithm-reviewer"] = Looking + "; review.edit house; review.approve house",
        ["workshop-host"] = Looking,
        ["model-user"] = Self + "; collaboration.view circle",
        ["none"] = Self,
        ["helpdesk"] = Self + "; user.view house; user.edit house; token.view house; token.create house; token.delete house",
        ["machinist"] = Self + "; node.view house; node.create house; node.edit house; node.delete house",
        ["lone-asker"] = Self + "; collaboration.view circle; task.view own; task.create circle; task.cancel own",
        ["node"] = "collaboration.view circle; algorithm.view circle; task.view own; task.create own; run.view own; run.execute own",
    }.ToDictionary(role => role.Key, role => Parse(role.Value));

    public static IEnumerable<string> RoleNames => Roles.Keys;

    /// <summary>How far somebody reaches with it, however far that is; null for not at all.</summary>
    public static Reach? Of(Somebody who, string permission)
    {
        // Whoever belongs to no organization is in none: what goes no further than one is nothing to them.
        var reach = Roles[who.Role].TryGetValue(permission, out var found) ? found : (Reach?)null;
        return who.House is null && reach is Reach.House or Reach.Circle ? null : reach;
    }

    public static bool May(Somebody who, string permission, Thing thing) => Of(who, permission) switch
    {
        null => false,
        Reach.All => true,
        var reach => thing.Person == who.Name
            || (reach >= Reach.House && thing.House is not null && thing.House == who.House)
            || (reach >= Reach.Circle && who.House is not null && thing.Circles.Contains(who.House)),
    };

    /// <summary>Could <paramref name="who"/> do all that <paramref name="other"/> can?</summary>
    public static bool Outdoes(string who, string other) =>
        Roles[other].All(rule => Roles[who].TryGetValue(rule.Key, out var reach) && reach >= rule.Value);

    private static Dictionary<string, Reach> Parse(string rules) => rules.Split("; ").Select(rule => rule.Split(' '))
        .GroupBy(rule => rule[0]).ToDictionary(same => same.Key, same => same.Max(rule => Enum.Parse<Reach>(rule[1], ignoreCase: true)));
}

internal enum Reach
{
    Own,
    House,
    Circle,
    All,
}

/// <param name="Name">Unique; what is theirs names it.</param>
/// <param name="Role">In the oracle's words.</param>
/// <param name="House">The organization, by a name of the test's.</param>
/// <param name="IsNode">Not a person.</param>
internal sealed record Somebody(string Name, string Role, string? House, bool IsNode);

/// <param name="House">Whose.</param>
/// <param name="Circles">The organizations of the collaboration that it is in.</param>
/// <param name="Person">Who made it, if that counts.</param>
internal sealed record Thing(string? House, IReadOnlyList<string> Circles, string? Person = null)
{
    public static Thing Of(string? house, string? person = null) => new(house, [], person);

    public static Thing In(params string[] houses) => new(null, houses);
}
