using Vantage.Protocol.Ids;

namespace Vantage.Client.Tasks;

/// <summary>A task that the Coordinator has taken.</summary>
/// <param name="Manifest">What was signed (JWS).</param>
/// <param name="Targets">Who was asked.</param>
/// <param name="NotAsked">Members that could not be asked, and why. Empty when the request named its
/// organizations.</param>
public sealed record SubmittedTask(TaskId Id, JobId Job, string Manifest, IReadOnlyList<AskedSite> Targets,
    IReadOnlyList<SiteNotAsked> NotAsked)
{
    /// <summary>Whom the one target may ask in the person's name; empty without a delegation.</summary>
    public IReadOnlyList<DelegatedSite> Delegated { get; init; } = [];
}

/// <param name="Site">What the asker's own organization calls it, in its pins.</param>
public sealed record DelegatedSite(OrganizationId Organization, string Site, NodeId Node);

/// <param name="Site">What the asker's own organization calls it, in its pins.</param>
public sealed record AskedSite(OrganizationId Organization, string Site, NodeId Node, RunId Run);

/// <param name="Why">For a person.</param>
public sealed record SiteNotAsked(OrganizationId Organization, string Site, string Why);
