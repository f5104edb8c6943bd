using Vantage.Coordinator.Access.Permissions;

namespace Vantage.Coordinator.Access;

/// <summary>
/// What a route asks of whoever calls it, before it looks at what they name. Every route declares one, with
/// <see cref="RouteAccessExtensions"/>; the Coordinator does not start with one that declares none.
/// </summary>
internal abstract record RouteAccess
{
    private RouteAccess()
    {
    }

    /// <summary>Nothing: health, and how one without a credential gets one. Limited by address.</summary>
    public sealed record Open(RouteLimit Limit) : RouteAccess;

    /// <summary>That they are somebody, person or node.</summary>
    public sealed record SignedIn : RouteAccess;

    /// <summary>One of these permissions, however far it goes: how far it has to go depends on what is named.</summary>
    public sealed record Needs(IReadOnlyList<Permission> AnyOf) : RouteAccess;
}

/// <summary>How a route is limited beyond what holds for every credential.</summary>
internal enum RouteLimit
{
    /// <summary>By address, generously: what is checked is too long to be guessed.</summary>
    Strangers,

    /// <summary>By address, and by account where one is known, tightly: passwords, codes from a screen, and the like.</summary>
    Guesses,
}

internal static class RouteAccessExtensions
{
    /// <summary>For a route or a group; the last word on a route is its own.</summary>
    public static TBuilder Needs<TBuilder>(this TBuilder builder, Resource resource, Operation operation)
        where TBuilder : IEndpointConventionBuilder => builder.Allow(new RouteAccess.Needs([new Permission(resource, operation)]));

    /// <summary>Either is enough.</summary>
    public static TBuilder NeedsEither<TBuilder>(this TBuilder builder, params Permission[] permissions)
        where TBuilder : IEndpointConventionBuilder => builder.Allow(new RouteAccess.Needs(permissions));

    public static TBuilder NeedsSignIn<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.Allow(new RouteAccess.SignedIn());

    public static TBuilder OpenToStrangers<TBuilder>(this TBuilder builder, RouteLimit limit)
        where TBuilder : IEndpointConventionBuilder => builder.Allow(new RouteAccess.Open(limit));

    /// <summary>For a route that asks somebody who is signed in for a secret as well, such as the old password.</summary>
    public static TBuilder LimitedAs<TBuilder>(this TBuilder builder, RouteLimit limit)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new RouteLimitMetadata(limit));

    private static TBuilder Allow<TBuilder>(this TBuilder builder, RouteAccess access)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(access);
}

internal sealed record RouteLimitMetadata(RouteLimit Limit);
