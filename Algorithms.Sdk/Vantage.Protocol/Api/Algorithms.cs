using Vantage.Protocol.Ids;
using Vantage.Protocol.Manifests;

namespace Vantage.Protocol.Api;

/// <summary>Code before a collaboration's reviewers, as the Coordinator keeps it: a signed statement, and signed words about it.</summary>
/// <param name="Name">As the submission's description says.</param>
/// <param name="Version">Likewise.</param>
/// <param name="Organization">The submitter's.</param>
/// <param name="User">The submitter.</param>
/// <param name="Statement">A <see cref="Reviews.SubmissionStatement"/> as JWS: believe this and not the members beside it.</param>
/// <param name="Reviews">Each reviewer's newest word as JWS (<see cref="Reviews.ReviewStatement"/>).</param>
public sealed record Submission(SubmissionId Id, CollaborationId Collaboration, AlgorithmRef Algorithm, string Name, string Version,
    OrganizationId Organization, UserId User, string Statement, IReadOnlyList<string> Reviews, DateTimeOffset CreatedAt);

/// <param name="Statement">A <see cref="Reviews.SubmissionStatement"/> as JWS.</param>
public sealed record SubmitAlgorithm(string Statement);

/// <param name="Statement">A <see cref="Reviews.ReviewStatement"/> as JWS, about the submission's code.</param>
public sealed record ReviewAlgorithm(string Statement);

/// <summary>All that a caller may see of what reviewers said about one piece of code, in whichever collaboration they said it.</summary>
/// <param name="Algorithm">Which code.</param>
/// <param name="Reviews">Signed words as JWS.</param>
public sealed record AlgorithmReviews(AlgorithmRef Algorithm, IReadOnlyList<string> Reviews);

/// <summary>
/// What an organization asks of code before its people take it for reviewed, in one collaboration. Its nodes are not bound by
/// it: their own policies say whose reviews count there.
/// </summary>
/// <param name="Organization">Whose rule.</param>
/// <param name="AtLeast">So many people have to approve.</param>
/// <param name="FromOrganizations">From so many organizations.</param>
/// <param name="Accepts">Whose reviewers count, the organization itself only if it is listed.</param>
public sealed record StoreRule(OrganizationId Organization, int AtLeast, int FromOrganizations, IReadOnlyList<OrganizationId> Accepts);

/// <param name="AtLeast">From 1 on.</param>
/// <param name="FromOrganizations">From 1 on, and not more than the other two allow.</param>
/// <param name="Accepts">Members of the collaboration.</param>
public sealed record SetStoreRule(int AtLeast, int FromOrganizations, IReadOnlyList<OrganizationId> Accepts);
