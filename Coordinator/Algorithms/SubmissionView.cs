using Microsoft.EntityFrameworkCore;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Manifests;

namespace Vantage.Coordinator.Algorithms;

/// <summary>Rows as the API shows them.</summary>
internal static class SubmissionView
{
    public static Submission Of(SubmissionRow row, IEnumerable<string> reviews) => new(
        new SubmissionId(row.Id), new CollaborationId(row.CollaborationId), AlgorithmRef.Parse(row.Algorithm), row.Name, row.Version,
        new OrganizationId(row.OrganizationId), new UserId(row.AccountId), row.Statement, [.. reviews], row.CreatedAt);

    public static async Task<ILookup<Guid, string>> ReviewsAsync(UnitOfWork unit, IReadOnlyCollection<Guid> submissions, CancellationToken cancellationToken) =>
        (await unit.Context.Reviews.AsNoTracking().Where(row => submissions.Contains(row.SubmissionId))
            .OrderBy(row => row.AccountId).ToListAsync(cancellationToken))
        .ToLookup(row => row.SubmissionId, row => row.Statement);
}
