using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Persistence;

/// <summary>
/// The collaborations and organizations that a unit of work was authorized for. Row-level security shows it rows of
/// these and no others: a forgotten WHERE then returns too little, never somebody else's. Deciding who gets which scope
/// is <c>Access</c>'s business; this record only carries the decision to the database.
/// </summary>
internal sealed record TenantScope
{
    /// <summary>Stands for the Coordinator itself where a row has no organization, such as its admins' accounts.</summary>
    public static readonly OrganizationId CoordinatorItself = new(Guid.Empty);

    private TenantScope(Guid[] collaborations, Guid[] organizations) =>
        (Collaborations, Organizations) = (collaborations, organizations);

    /// <summary>Sees no row of any tenant.</summary>
    public static TenantScope Nothing { get; } = new([], []);

    public Guid[] Collaborations { get; }

    public Guid[] Organizations { get; }

    public static TenantScope Of(params IEnumerable<CollaborationId> collaborations) =>
        new([.. collaborations.Select(id => id.Value).Distinct()], []);

    public static TenantScope Of(params IEnumerable<OrganizationId> organizations) =>
        new([], [.. organizations.Select(id => id.Value).Distinct()]);

    /// <summary>Without what is seen through a collaboration.</summary>
    public TenantScope OrganizationsOnly => new([], Organizations);

    /// <summary>Both scopes; what a batch of several authorized items needs.</summary>
    public TenantScope And(TenantScope other) =>
        new([.. Collaborations.Union(other.Collaborations)], [.. Organizations.Union(other.Organizations)]);

    /// <summary>What is in both.</summary>
    public TenantScope Within(TenantScope limit) =>
        new([.. Collaborations.Intersect(limit.Collaborations)], [.. Organizations.Intersect(limit.Organizations)]);

    public bool Equals(TenantScope? other) =>
        other is not null
        && Collaborations.ToHashSet().SetEquals(other.Collaborations)
        && Organizations.ToHashSet().SetEquals(other.Organizations);

    public override int GetHashCode() => HashCode.Combine(Collaborations.Length, Organizations.Length);
}
