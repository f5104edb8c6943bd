using System.Collections.Frozen;
using static Vantage.Coordinator.Access.Permissions.Operation;
using static Vantage.Coordinator.Access.Permissions.Scope;

namespace Vantage.Coordinator.Access.Permissions;

/// <param name="Permission">What.</param>
/// <param name="Scopes">How far it can go at all, from narrow to wide.</param>
/// <param name="Lets">Finishes the sentence "whoever has it may …".</param>
internal sealed record RuleRow(Permission Permission, IReadOnlyList<Scope> Scopes, string Lets)
{
    public Scope Widest => Scopes[^1];
}

/// <summary>
/// Every rule there is. What is not listed nobody can have, and no route may ask for it. Where a scope is missing, the
/// thing is not done so far by anybody: nobody changes partners' accounts, nodes or roles (joining a collaboration gives
/// nobody power over its members), and not even the Coordinator's admins publish an organization's root, certify its
/// nodes or ask questions in its name.
/// </summary>
internal static class RuleTable
{
    public static IReadOnlyList<RuleRow> Rows { get; } =
    [
        Row(Resource.Organization, View, "see organizations: name, country, root certificate", Organization, Collaboration, Global),
        Row(Resource.Organization, Create, "add organizations", Global),
        Row(Resource.Organization, Edit, "publish the organization's root certificate", Organization),
        Row(Resource.User, View, "see accounts", Own, Organization, Global),
        Row(Resource.User, Create, "make accounts", Organization, Global),
        Row(Resource.User, Edit, "change accounts and publish their certificates", Own, Organization, Global),
        Row(Resource.User, Delete, "close accounts", Organization, Global),
        Row(Resource.Token, View, "see that API tokens exist, never their secrets", Own, Organization, Global),
        Row(Resource.Token, Create, "make API tokens", Own, Organization, Global),
        Row(Resource.Token, Delete, "revoke API tokens", Own, Organization, Global),
        Row(Resource.Role, View, "see roles and their rules", Organization, Global),
        Row(Resource.Role, Create, "make roles of rules that one has", Organization, Global),
        Row(Resource.Role, Edit, "change such roles", Organization, Global),
        Row(Resource.Role, Delete, "delete such roles", Organization, Global),
        Row(Resource.Role, Grant, "give accounts roles of rules that one has, and take roles away", Organization, Global),
        Row(Resource.Collaboration, View, "see collaborations, their members, and the members' nodes with their certificates", Collaboration, Global),
        Row(Resource.Collaboration, Create, "put collaborations together", Global),
        Row(Resource.Study, View, "see studies", Collaboration, Global),
        Row(Resource.Study, Create, "make studies", Collaboration, Global),
        Row(Resource.Node, View, "see nodes: mode, lease, requests, certificates", Own, Organization, Global),
        Row(Resource.Node, Create, "invite nodes", Organization, Global),
        Row(Resource.Node, Edit, "publish nodes' certificates", Organization),
        Row(Resource.Node, Delete, "revoke nodes", Organization, Global),
        Row(Resource.Task, View, "see what was asked: manifests, states, sealed content", Own, Organization, Collaboration, Global),
        Row(Resource.Task, Create, "ask, signed with one's own key", Own, Collaboration),
        Row(Resource.Task, Cancel, "cancel tasks", Own, Organization, Collaboration, Global),
        Row(Resource.Run, View, "see what nodes are asked, and what came of it, sealed", Own, Organization, Collaboration, Global),
        Row(Resource.Run, Execute, "hold, work on and commit runs, as nodes do", Own),
        Row(Resource.Audit, View, "read the audit trail", Organization, Collaboration, Global),
        Row(Resource.Algorithm, View, "see algorithms and their verdicts", Collaboration, Global),
        Row(Resource.Algorithm, Create, "submit algorithms", Organization, Global),
        Row(Resource.Algorithm, Edit, "change what is said about them", Organization, Global),
        Row(Resource.Algorithm, Delete, "revoke algorithms", Organization, Global),
        Row(Resource.Review, View, "see reviews and their comments", Organization, Collaboration, Global),
        Row(Resource.Review, Create, "ask reviewers", Organization, Global),
        Row(Resource.Review, Edit, "review and comment", Organization, Global),
        Row(Resource.Review, Approve, "approve or reject", Organization, Global),
        Row(Resource.Dataset, View, "see which datasets there are", Organization, Collaboration, Global),
        Row(Resource.Dataset, Create, "publish datasets", Organization),
        Row(Resource.Dataset, Edit, "change what is said about them", Organization),
        Row(Resource.Dataset, Delete, "withdraw datasets", Organization),
        Row(Resource.Model, View, "see which models are served", Organization, Collaboration, Global),
        Row(Resource.Model, Create, "serve models", Organization),
        Row(Resource.Model, Use, "ask models", Organization, Collaboration),
        Row(Resource.Workshop, View, "see workshops", Own, Organization, Collaboration, Global),
        Row(Resource.Workshop, Create, "open workshops", Organization),
        Row(Resource.Workshop, Edit, "change workshops and give seats", Own, Organization),
        Row(Resource.Workshop, Delete, "close workshops", Own, Organization),
        Row(Resource.Workshop, Use, "sit in workshops", Own, Organization),
    ];

    private static readonly FrozenDictionary<Permission, RuleRow> ByPermission = Rows.ToFrozenDictionary(row => row.Permission);

    private static readonly FrozenDictionary<string, Rule> ByText = Rows
        .SelectMany(row => row.Scopes.Select(scope => new Rule(row.Permission, scope)))
        .ToFrozenDictionary(rule => rule.ToString(), StringComparer.Ordinal);

    public static RuleRow? Find(Permission permission) => ByPermission.GetValueOrDefault(permission);

    public static bool TryFind(string? text, out Rule rule)
    {
        rule = default;
        return text is not null && ByText.TryGetValue(text, out rule);
    }

    private static RuleRow Row(Resource resource, Operation operation, string lets, params Scope[] scopes) =>
        new(new Permission(resource, operation), scopes, lets);
}
