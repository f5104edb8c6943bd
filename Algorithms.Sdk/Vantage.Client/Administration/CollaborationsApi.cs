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
