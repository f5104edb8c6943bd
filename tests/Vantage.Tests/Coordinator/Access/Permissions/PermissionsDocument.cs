using System.Text;
using Microsoft.AspNetCore.Routing;
using Vantage.Coordinator.Access;
using Vantage.Coordinator.Access.Permissions;

namespace Vantage.Tests.Coordinator.Access.Permissions;

/// <summary><c>docs/permissions.md</c>, from the tables.</summary>
internal static class PermissionsDocument
{
    public static string Print(IEnumerable<RouteEndpoint> routes)
    {
        var asked = routes.SelectMany(route => (route.Metadata.GetMetadata<RouteAccess>() as RouteAccess.Needs)?.AnyOf
            .Select(permission => (permission, Name: RouteTable.Name(route).Replace("/api/v1", "", StringComparison.Ordinal).TrimEnd('/'))) ?? [])
            .ToLookup(pair => pair.permission, pair => pair.Name);
        var text = new StringBuilder("""
            # Who may do what

            Printed from the program by a test. A *rule* is a permission and how far it goes, such as `task.view@organization`; a *role* is a set of rules; an account has roles. What an account may do is computed from its roles at each request and stored nowhere, so a changed role counts within a second.

            | how far | is |
            |---|---|
            | own | what is the account's own, or the node's |
            | organization | what is the organization's |
            | collaboration | what is in the collaborations of the organization |
            | global | everything on this Coordinator; its own admins only |

            Each is part of the next. What somebody may not see does not exist for them: the answer is that to an id that was never given out. Who sees a thing and may not do something with it is told which permission is missing.

            Nobody puts together or gives rules that they lack, and nobody makes a token or certificates for an account that may do more than they. Taking roles away needs `role.grant` alone. An account never changes its organization. Behind all this the database shows each request only rows of the tenants that its permission reaches (row-level security), so a mistake above returns too little rather than somebody else's.

            Nothing here decides what a node runs: that is its own policy ([policy.md](policy.md)).

            ## Roles

            Every Coordinator knows these. The first five are those of vantage6, whose Root is `admin` here. Organizations make others: `vantage role create`, `vantage user roles`.

            | role | for |
            |---|---|

            """);
        foreach (var role in DefaultRoles.All)
            text.Append($"| `{role.Role}` | {role.Description} |\n");
        text.Append("""

            Every account may see and change itself and its own tokens. Every node has the rules in the last column, which no role can give.

            ## Rules

            How far each role goes: own, **org**anization, **col**laboration, **all**. Without an organization (`admin`), what goes no further than one is given to others and never used.

            """);
        text.Append($"\n| permission | lets | {string.Join(" | ", DefaultRoles.All.Select(role => role.Role.Name))} | node |\n|---|---|{string.Concat(DefaultRoles.All.Select(_ => "---|"))}---|\n");
        foreach (var row in RuleTable.Rows)
        {
            var cells = DefaultRoles.All.Select(role => role.Rights.And(DefaultRoles.Everyone)).Append(DefaultRoles.Node).Select(rights => Short(rights[row.Permission]));
            text.Append($"| `{row.Permission}` | {row.Lets} | {string.Join(" | ", cells)} |\n");
        }

        text.Append("\n## Routes\n\nBelow `/api/v1`. Several permissions for one route: one is enough. A route that declares nothing keeps the Coordinator from starting.\n\n| permission | as far as | asked for by |\n|---|---|---|\n");
        foreach (var row in RuleTable.Rows)
        {
            var by = asked[row.Permission].Distinct().Order(StringComparer.Ordinal).Select(name => $"`{name}`").ToList();
            text.Append($"| `{row.Permission}` | {string.Join(", ", row.Scopes.Select(scope => scope.ToString().ToLowerInvariant()))} "
                + $"| {(by.Count > 0 ? string.Join(", ", by) : "nothing yet")} |\n");
        }

        return text.ToString();
    }

    private static string Short(Scope? scope) => scope switch
    {
        null => "",
        Scope.Own => "own",
        Scope.Organization => "org",
        Scope.Collaboration => "col",
        _ => "all",
    };
}
