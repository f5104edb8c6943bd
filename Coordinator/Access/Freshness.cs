using Vantage.Coordinator.Access.Permissions;
using Vantage.Coordinator.Hosting;
using Vantage.Protocol.Errors;

namespace Vantage.Coordinator.Access;

/// <summary>
/// A session proves who signed in, hours ago; a laptop left open proves it too. What admins change, and what would outlive
/// the session (passwords, second factors, tokens), wants the person to have proved it lately. Tokens hold what they were
/// made for, but never what only the person in front of a screen may do.
/// </summary>
internal static class Freshness
{
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>The route is the person's own: it wants a session, and one that was confirmed lately.</summary>
    public static TBuilder Freshly<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new FreshMetadata(SessionOnly: true));

    /// <summary>As above, but tokens may.</summary>
    public static TBuilder FreshlyIfSession<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new FreshMetadata(SessionOnly: false));

    /// <summary>Null lets through.</summary>
    public static Refusal? Judge(Endpoint endpoint, string method, Caller? caller, DateTimeOffset now)
    {
        if (caller is not UserCaller user || Of(endpoint, method) is not { } wanted)
            return null;
        return user.AuthenticatedAt switch
        {
            null when wanted.SessionOnly => Refusal.Forbidden(
                "This takes a session, not a token: sign in with your password or passkey (vantage login --user NAME)."),
            { } at when now - at > Longest => new Refusal(ErrorCodes.ConfirmationNeeded,
                $"This wants you to have proved who you are within the last {Longest.TotalMinutes:0} minutes. Confirm with your password or "
                + "passkey (vantage account confirm), then do it again."),
            _ => null,
        };
    }

    internal static FreshMetadata? Of(Endpoint endpoint, string method) => endpoint.Metadata.GetMetadata<FreshMetadata>()
        ?? (!HttpMethods.IsGet(method) && !HttpMethods.IsHead(method)
            && endpoint.Metadata.GetMetadata<RouteAccess>() is RouteAccess.Needs needs && needs.AnyOf.Any(IsAdministration)
            ? new FreshMetadata(SessionOnly: false)
            : null);

    /// <summary>What decides who is there and what they may do. Changing one's own account is not.</summary>
    private static bool IsAdministration(Permission permission) => permission is
        { Resource: Resource.Organization or Resource.Role or Resource.Collaboration or Resource.Study or Resource.Node }
        or { Resource: Resource.User, Operation: not Operation.Edit };
}

internal sealed record FreshMetadata(bool SessionOnly);
