namespace Vantage.Coordinator.Access;

/// <summary>
/// Who may call a route at all; whether they may do what they ask with what they name is decided after. Every route
/// declares one, and one without is refused to everybody.
/// </summary>
internal enum RouteAccess
{
    /// <summary>Health, and how a node without a session gets one. Limited by address.</summary>
    Anonymous,

    /// <summary>Anyone signed in: people and nodes.</summary>
    AnyCaller,

    /// <summary>People.</summary>
    Users,

    /// <summary>The Coordinator's admins.</summary>
    Admins,

    /// <summary>The Coordinator's admins and the admins of organizations.</summary>
    AnyAdmins,

    /// <summary>Nodes.</summary>
    Nodes,
}

internal static class RouteAccessExtensions
{
    /// <summary>For a route or a group; the last word on a route is its own.</summary>
    public static TBuilder Allow<TBuilder>(this TBuilder builder, RouteAccess access)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new RouteAccessMetadata(access));
}

internal sealed record RouteAccessMetadata(RouteAccess Access);
