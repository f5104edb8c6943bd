using Vantage.Coordinator.Access.Permissions;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Access;

/// <summary>
/// Who asks, as their credential says. Endpoints take it as a parameter; hubs by <c>HttpContext.Caller()</c>.
/// </summary>
/// <param name="Credential">Names the token or session in the log; not a secret.</param>
/// <param name="ExpiresAt">When the credential ends by itself.</param>
/// <param name="Collaborations">All that the caller belongs to; for an admin, all there are.</param>
internal abstract record Caller(string Credential, DateTimeOffset ExpiresAt, IReadOnlySet<CollaborationId> Collaborations)
{
    /// <summary>As the audit trail names them.</summary>
    public abstract string Actor { get; }

    /// <summary>What they may do, and how far. Ask it by <see cref="Judging"/>.</summary>
    public abstract Rights Rights { get; init; }

    /// <summary>Everything of which the caller may see at least something: the widest scope of anything done for them.</summary>
    public abstract TenantScope Reach { get; }

    /// <summary>
    /// The scope for what a request names: no more than the caller belongs to, so that a permission check that is missing or
    /// wrong opens no other tenant's rows.
    /// </summary>
    public abstract TenantScope Within(TenantScope named);

    /// <summary>Is a thing of theirs so far away at the most?</summary>
    public abstract bool Reaches(Scope scope, Whose thing);

    /// <summary>Lets endpoints take a caller as a parameter; the access check has made sure of its kind before.</summary>
    public static ValueTask<Caller?> BindAsync(HttpContext context) => ValueTask.FromResult(context.FindCaller());
}

/// <summary>A person with an API token or a session.</summary>
/// <param name="Rights">Computed from the roles when the credential was looked up.</param>
/// <param name="Token">Absent where it is a session.</param>
/// <param name="Organization">Never changes; absent for the Coordinator's own admins.</param>
/// <param name="Organizations">For an admin, all there are; else one's own.</param>
internal sealed record UserCaller(UserId User, string Name, Rights Rights, OrganizationId? Organization,
    TokenId? Token, DateTimeOffset ExpiresAt, IReadOnlySet<CollaborationId> Collaborations,
    IReadOnlySet<OrganizationId> Organizations)
    : Caller(Token?.ToString() ?? "", ExpiresAt, Collaborations)
{
    /// <summary>Absent where it is a token.</summary>
    public UserSessionId? Session { get; private init; }

    /// <summary>When the person last proved who they are; a token proves nothing about who holds it.</summary>
    public DateTimeOffset? AuthenticatedAt { get; private init; }

    /// <summary>What the credential leaves of it.</summary>
    public TokenTerms Terms { get; init; } = TokenTerms.Unlimited;

    public override string Actor => User.ToString();

    public override Rights Rights { get; init; } = Rights;

    public UserCaller By(UserSessionId session, DateTimeOffset authenticatedAt) =>
        this with { Token = null, Session = session, AuthenticatedAt = authenticatedAt, Credential = session.ToString() };

    public override TenantScope Reach =>
        TenantScope.Of(Collaborations).And(TenantScope.Of(Organization is null ? [.. Organizations, TenantScope.CoordinatorItself] : Organizations));

    /// <summary>The Coordinator's admins reach all there are: also what another replica made just now.</summary>
    public override TenantScope Within(TenantScope named) => Organization is null ? named : named.Within(Reach);

    /// <summary>Whoever belongs to no organization is never within one, nor within a collaboration: they run what others work in.</summary>
    public override bool Reaches(Scope scope, Whose thing) =>
        scope == Scope.Global
        || thing.User == User
        || (Organization is { } own
            && ((scope >= Scope.Organization && thing.Organization == own)
                || (scope >= Scope.Collaboration && thing.Collaboration is { } circle && Collaborations.Contains(circle))));

    public static new ValueTask<UserCaller?> BindAsync(HttpContext context) => ValueTask.FromResult(context.FindCaller() as UserCaller);
}

/// <summary>A node with a session.</summary>
internal sealed record NodeCaller(NodeId Node, string Name, OrganizationId Organization, Guid Session,
    DateTimeOffset ExpiresAt, IReadOnlySet<CollaborationId> Collaborations)
    : Caller($"session {Session:N}", ExpiresAt, Collaborations)
{
    public override string Actor => Node.ToString();

    public override Rights Rights { get; init; } = DefaultRoles.Node;

    public override TenantScope Reach => TenantScope.Of(Collaborations).And(TenantScope.Of(Organization));

    public override TenantScope Within(TenantScope named) => named.Within(Reach);

    public override bool Reaches(Scope scope, Whose thing) =>
        thing.Node == Node
        || (scope >= Scope.Organization && thing.Organization == Organization)
        || (scope >= Scope.Collaboration && thing.Collaboration is { } circle && Collaborations.Contains(circle));

    public static new ValueTask<NodeCaller?> BindAsync(HttpContext context) => ValueTask.FromResult(context.FindCaller() as NodeCaller);
}
