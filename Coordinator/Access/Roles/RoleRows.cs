namespace Vantage.Coordinator.Access.Roles;

/// <summary>An organization's own role.</summary>
internal sealed class RoleRow
{
    public Guid Id { get; init; }

    public Guid OrganizationId { get; init; }

    public required string Name { get; set; }

    public required string Description { get; set; }

    /// <summary>As text, such as <c>task.view@organization</c>.</summary>
    public required string[] Rules { get; set; }

    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>The database lets an account have roles of its own organization only.</summary>
internal sealed class AccountRoleRow
{
    public Guid AccountId { get; init; }

    public Guid RoleId { get; init; }

    public Guid OrganizationId { get; init; }
}
