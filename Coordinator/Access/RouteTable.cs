using Vantage.Coordinator.Access.Permissions;

namespace Vantage.Coordinator.Access;

/// <summary>
/// The laws of the route table, told at the start of the Coordinator and by a test: a route that declares nothing, or asks
/// for what nobody can have, is a mistake that must not wait for a caller to find it.
/// </summary>
internal static class RouteTable
{
    /// <summary>Members of a request that hold a secret to be checked: whoever may try them may guess.</summary>
    private static readonly string[] Secrets = ["password", "code", "secret", "pin", "otp", "answer", "assertion", "response"];

    public static WebApplication RefuseUndeclared(this WebApplication app)
    {
        var broken = Check(((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints)).ToList();
        return broken.Count == 0 ? app : throw new InvalidOperationException(string.Join(" ", broken));
    }

    public static IEnumerable<string> Check(IEnumerable<Endpoint> endpoints) =>
        endpoints.OfType<RouteEndpoint>().SelectMany(Check);

    private static IEnumerable<string> Check(RouteEndpoint route)
    {
        var access = route.Metadata.GetMetadata<RouteAccess>();
        if (access is null)
            yield return $"{Name(route)} declares no access: end it with Needs(…), NeedsSignIn() or OpenToStrangers(…).";
        foreach (var unknown in (access as RouteAccess.Needs)?.AnyOf.Where(permission => RuleTable.Find(permission) is null) ?? [])
            yield return $"{Name(route)} needs {unknown}, which is no rule of RuleTable: nobody could have it.";
        if (access is not RouteAccess.Open && SecretOf(route) is { } secret && route.Metadata.GetMetadata<RouteLimitMetadata>() is null)
            yield return $"{Name(route)} takes a secret ({secret}): say LimitedAs(…), so that nobody guesses it.";
    }

    public static string? SecretOf(Endpoint route) =>
        route.Metadata.GetMetadata<Microsoft.AspNetCore.Http.Metadata.IAcceptsMetadata>()?.RequestType?.GetProperties()
            .Select(member => member.Name)
            .FirstOrDefault(name => Secrets.Any(secret => name.EndsWith(secret, StringComparison.OrdinalIgnoreCase)));

    public static string Name(RouteEndpoint route) =>
        $"{(route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is [var method, ..] ? method : "ANY")} {route.RoutePattern.RawText}";
}
