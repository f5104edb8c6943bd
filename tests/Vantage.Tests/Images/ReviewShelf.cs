using Microsoft.Extensions.Logging.Abstractions;
using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Images.Reviews;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Manifests;
using Vantage.Protocol.Reviews;
using Vantage.Tests.Protocol;

namespace Vantage.Tests.Images;

/// <summary>What a Coordinator tells of reviews, for a node that pinned two organizations and a Coordinator that may lie.</summary>
internal sealed class ReviewShelf : IReviewLine
{
    public Partner North { get; } = new("Hospital North");

    public Partner South { get; } = new("Hospital South");

    /// <summary>Whose root nobody pinned.</summary>
    public Partner Stranger { get; } = new("Nobody's Hospital");

    /// <summary>Told as it is.</summary>
    public List<string> Told { get; } = [];

    public ReviewDesk NewDesk(NodeHome home, TimeProvider time) => new(this, new ReviewMemory(home),
        new PinnedRoots([PinnedRoot.Of(North.Root), PinnedRoot.Of(South.Root)]), time, NullLogger<ReviewDesk>.Instance);

    public ReviewerGroup Group(int atLeast = 1, int fromOrganizations = 1, IReadOnlySet<UserId>? people = null) => new("methods board", new ReviewRule
    {
        Organizations = new HashSet<OrganizationId> { North.Id, South.Id },
        Reviewers = people,
        AtLeast = atLeast,
        FromOrganizations = fromOrganizations,
    });

    public static string Say(Partner by, AlgorithmRef algorithm, ReviewVerdict verdict = ReviewVerdict.Approved, long serial = 1, TimeSpan? lasts = null) =>
        Review.Sign(new ReviewStatement
        {
            V = 1,
            Algorithm = algorithm,
            Verdict = verdict,
            Serial = serial,
            Comment = "It reads one column and adds it up.",
            IssuedAt = Partner.Now,
            NotAfter = Partner.Now + (lasts ?? TimeSpan.FromDays(90)),
        }, by.UserKey, by.UserChain);

    public Task<IReadOnlyList<string>> OfAsync(AlgorithmRef algorithm, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>([.. Told]);
}
