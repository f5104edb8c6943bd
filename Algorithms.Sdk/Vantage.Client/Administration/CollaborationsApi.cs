using Vantage.Client.Connection;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;

namespace Vantage.Client.Administration;

/// <summary>Who works with whom. All methods throw <see cref="Errors.VantageException"/>.</summary>
public sealed class CollaborationsApi
{
    private readonly RestChannel rest;

    internal CollaborationsApi(RestChannel rest) => this.rest = rest;

    /// <summary>Those visible to the caller.</summary>
    public IAsyncEnumerable<Collaboration> ListAsync(CancellationToken cancellationToken = default) =>
        Pages.WalkAsync(rest, Routes.Collaborations, ProtocolJson.Default.PageCollaboration, cancellationToken);

    /// <summary>
    /// With its members, their nodes and the certificates to seal to, which are to be checked against pins.
    /// </summary>
    public Task<Collaboration> GetAsync(CollaborationId id, CancellationToken cancellationToken = default) =>
        rest.GetAsync($"{Routes.Collaborations}/{id}", ProtocolJson.Default.Collaboration, cancellationToken);

    /// <summary>
    /// What its organizations signed: the versions that hold, after a serial, and what is being agreed on. To be judged by
    /// <see cref="Home.ClientHome.FollowCharter"/> before anything of it is believed.
    /// </summary>
    /// <param name="id">The collaboration; also one that an open proposal would let your organization into.</param>
    /// <param name="after">The serial that is known already; 0 for all.</param>
    /// <param name="cancellationToken">Stops.</param>
    public Task<CharterBook> ReadChartersAsync(CollaborationId id, long after = 0, CancellationToken cancellationToken = default) =>
        rest.GetAsync($"{Routes.Collaborations}/{id}/charters?after={after}", ProtocolJson.Default.CharterBook, cancellationToken);

    /// <summary>
    /// Hands in the own organization's consent to one version, which is proposed by it if it was not there yet. The
    /// organization's admin only.
    /// </summary>
    /// <exception cref="Errors.VantageException">No node would follow it; the text says why.</exception>
    public Task<CharterStanding> AgreeToCharterAsync(CollaborationId id, AgreeToCharter consent,
        CancellationToken cancellationToken = default) =>
        rest.PostAsync($"{Routes.Collaborations}/{id}/charters", consent, ProtocolJson.Default.AgreeToCharter,
            ProtocolJson.Default.CharterStanding, cancellationToken);

    /// <summary>Admins only.</summary>
    public Task<Collaboration> CreateAsync(CreateCollaboration collaboration,
        CancellationToken cancellationToken = default) =>
        rest.PostAsync(Routes.Collaborations, collaboration, ProtocolJson.Default.CreateCollaboration,
            ProtocolJson.Default.Collaboration, cancellationToken);

    /// <summary>A collaboration's studies.</summary>
    /// <exception cref="Errors.VantageException">There is no such collaboration, or it is not visible to you.</exception>
    public IAsyncEnumerable<Study> ListStudiesAsync(CollaborationId id,
        CancellationToken cancellationToken = default) =>
        Pages.WalkAsync(rest, $"{Routes.Collaborations}/{id}/studies", ProtocolJson.Default.PageStudy,
            cancellationToken);

    /// <summary>A subset of the collaboration's organizations.</summary>
    public Task<Study> CreateStudyAsync(CollaborationId id, CreateStudy study,
        CancellationToken cancellationToken = default) =>
        rest.PostAsync($"{Routes.Collaborations}/{id}/studies", study, ProtocolJson.Default.CreateStudy,
            ProtocolJson.Default.Study, cancellationToken);
}
