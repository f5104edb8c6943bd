using Vantage.Client.Administration;
using Vantage.Client.Auditing;
using Vantage.Client.Connection;
using Vantage.Client.Dictionaries;
using Vantage.Client.Home;
using Vantage.Client.Store;
using Vantage.Protocol.Api;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;
using Vantage.Protocol.Statements;

namespace Vantage.Client;

/// <summary>
/// A Coordinator's REST interface, typed. One instance serves a whole program and may be shared between threads. Every
/// method throws <see cref="Errors.VantageException"/> with what is wrong and what to do next.
/// </summary>
/// <remarks>
/// The Coordinator is not trusted with content. What asks, seals, verifies and decrypts needs the keys and pins of a
/// <see cref="ClientHome"/>; administration does without.
/// </remarks>
public sealed partial class VantageClient : IDisposable
{
    private readonly ClientHome? home;
    private readonly RevocationPull pull;

    /// <summary>Opens no connection yet; refuses plain http to another machine.</summary>
    public VantageClient(VantageClientOptions options, ClientHome? home = null)
    {
        this.home = home;
        Rest = new RestChannel(HttpClientFactory.Create(options), options);
        Organizations = new OrganizationsApi(Rest);
        Users = new UsersApi(Rest);
        Roles = new RolesApi(Rest);
        Tokens = new TokensApi(Rest);
        Account = new AccountApi(Rest);
        SignIn = new SignInApi(Rest);
        Collaborations = new CollaborationsApi(Rest);
        Nodes = new NodesApi(Rest);
        Grants = new GrantsApi(Rest);
        Revocations = new RevocationsApi(Rest);
        pull = new RevocationPull(Revocations, Rest.Time);
        Store = new StoreApi(Rest, home);
        Dictionaries = new DictionariesApi(Rest, home);
        Audit = new AuditApi(Rest);
    }

    /// <summary>As the home's profile says.</summary>
    public static VantageClient FromHome(ClientHome home) => new(home.ReadProfile().ToOptions(), home);

    /// <summary>Partners.</summary>
    public OrganizationsApi Organizations { get; }

    /// <summary>People's accounts.</summary>
    public UsersApi Users { get; }

    /// <summary>What accounts may do.</summary>
    public RolesApi Roles { get; }

    /// <summary>API tokens.</summary>
    public TokensApi Tokens { get; }

    /// <summary>One's own account: how it signs in, and its sessions.</summary>
    public AccountApi Account { get; }

    /// <summary>What needs no token: signing in, accepting an invitation, recovering.</summary>
    public SignInApi SignIn { get; }

    /// <summary>Collaborations and their studies.</summary>
    public CollaborationsApi Collaborations { get; }

    /// <summary>Partners' nodes.</summary>
    public NodesApi Nodes { get; }

    /// <summary>What was shared with others, and by others.</summary>
    public GrantsApi Grants { get; }

    /// <summary>Organizations' lists of revoked keys.</summary>
    public RevocationsApi Revocations { get; }

    /// <summary>Code before reviewers, and their reviews.</summary>
    public StoreApi Store { get; }

    /// <summary>What the variables of collaborations are called and mean.</summary>
    public DictionariesApi Dictionaries { get; }

    /// <summary>The Coordinator's audit trail, for admins.</summary>
    public AuditApi Audit { get; }

    internal RestChannel Rest { get; }

    /// <summary>Whom the home believes, less what the newest lists of revoked keys say.</summary>
    internal async Task<ITrust> TrustAsync(bool forNewWork, CancellationToken cancellationToken)
    {
        await EnsureListsAsync(cancellationToken);
        return Keys.ReadTrust(Rest.Time.GetUtcNow(), forNewWork);
    }

    /// <summary>As above within a collaboration, where the members of its charter are believed besides: for new work.</summary>
    internal async Task<ITrust> TrustAsync(CollaborationId collaboration, CancellationToken cancellationToken)
    {
        await EnsureListsAsync(cancellationToken);
        return new CheckedTrust(Keys.TrustIn(collaboration, Rest.Time.GetUtcNow()), Keys.KeyRevocations, forNewWork: true);
    }

    /// <summary>For reading what was done between two instants: whoever was a member then is believed for then.</summary>
    internal async Task<ITrust> TrustAsync(
        CollaborationId collaboration, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        await EnsureListsAsync(cancellationToken);
        return new CheckedTrust(Keys.TrustIn(collaboration, Rest.Time.GetUtcNow(), from, to), Keys.KeyRevocations, forNewWork: false);
    }

    private Task<bool> EnsureListsAsync(CancellationToken cancellationToken) =>
        new Patience(Rest.Time, TimeSpan.FromSeconds(30)).KeepTryingAsync(async () =>
        {
            await pull.EnsureAsync(Keys, cancellationToken);
            return true;
        }, cancellationToken);

    /// <summary>Who the bearer of the token is.</summary>
    public Task<Me> MeAsync(CancellationToken cancellationToken = default) =>
        Rest.GetAsync(Routes.Me, ProtocolJson.Default.Me, cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        pull.Dispose();
        Rest.Dispose();
    }
}
