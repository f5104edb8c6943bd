using Vantage.Client.Connection;
using Vantage.Protocol.Api;
using Vantage.Protocol.Audits.Trails;
using Vantage.Protocol.Audits.Trees;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;

namespace Vantage.Client.Auditing;

/// <summary>The Coordinator's audit trail, for admins. All methods throw <see cref="Errors.VantageException"/>.</summary>
public sealed class AuditApi
{
    private readonly RestChannel rest;

    internal AuditApi(RestChannel rest) => this.rest = rest;

    /// <summary>The entries that the caller may read, oldest first.</summary>
    /// <param name="after">Begins after this sequence.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public IAsyncEnumerable<AuditEntry> ListAsync(long after = 0, CancellationToken cancellationToken = default) =>
        Pages.WalkFromAsync(rest, Pages.WithQuery(Routes.Audit, "limit", "200"), ProtocolJson.Default.PageAuditEntry,
            after > 0 ? $"{after}" : null, cancellationToken);

    /// <summary>Which trail it is and what was signed: at most so many heads, spread over it, the newest last.</summary>
    public Task<AuditTrailView> TrailAsync(int heads = 1, CancellationToken cancellationToken = default) =>
        rest.GetAsync($"{Routes.Audit}/trail?heads={heads}", ProtocolJson.Default.AuditTrailView, cancellationToken);

    /// <summary>
    /// The whole trail as far as the caller may read it, and of the rest hashes: what <see cref="TrailVerifier"/> verifies.
    /// </summary>
    /// <param name="places">Numbers of entries at which heads kept elsewhere have to be comparable.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public IAsyncEnumerable<TrailLine> ExportAsync(IReadOnlyCollection<long> places,
        CancellationToken cancellationToken = default) =>
        new TrailDownload(this).LinesAsync(places, cancellationToken);

    /// <summary>
    /// Erases whom the person's pseudonym stands for, for good: the trail stays whole, and nobody can tell any more whose
    /// acts those were.
    /// </summary>
    public Task ForgetAsync(UserId person, CancellationToken cancellationToken = default) =>
        rest.SendAsync(() => new HttpRequestMessage(HttpMethod.Delete, RestChannel.Relative($"{Routes.Audit}/people/{person}")),
            cancellationToken);

    internal async Task<IReadOnlyList<Digest>> HashesAsync(IEnumerable<SubtreePlace> places,
        CancellationToken cancellationToken)
    {
        var at = string.Join(',', places.Select(place => $"{place.Level}.{place.Index}"));
        var answer = await rest.GetAsync($"{Routes.Audit}/hashes?at={at}", ProtocolJson.Default.AuditHashes,
            cancellationToken);
        return answer.Hashes;
    }
}
