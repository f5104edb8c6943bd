using Vantage.Coordinator.Accounts.ServiceAccounts;
using Vantage.Coordinator.Accounts.SingleSignOn;
using Vantage.Coordinator.Accounts.SingleSignOn.Providers;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Tls;
using Vantage.Tests.Coordinator.Hosting;
using Vantage.Tests.Coordinator.Persistence;

namespace Vantage.Tests.Coordinator.Accounts.SingleSignOn;

/// <summary>A Coordinator called vantage.example.org with a real identity provider, campus, and one that can be made to lie.</summary>
public sealed class SignOnWorld(PostgresFixture server) : IAsyncLifetime
{
    public const string Public = "https://vantage.example.org";
    private readonly string folder = Directory.CreateTempSubdirectory("vantage-sign-on-").FullName;
    private readonly SemaphoreSlim one = new(1, 1);
    private TestAuthority? authority;
    private User? robot;

    internal RunningCoordinator Coordinator { get; private set; } = null!;

    internal IdentityProvider Campus { get; private set; } = null!;

    internal ScriptedProvider Mock { get; private set; } = null!;

    /// <summary>Follows nothing, keeps no cookies, and believes the tests' authority.</summary>
    internal HttpClient Http { get; private set; } = null!;

    /// <summary>That everyone of the providers belongs to.</summary>
    internal OrganizationId North { get; private set; }

    public async ValueTask InitializeAsync()
    {
        authority = new TestAuthority(folder);
        await File.WriteAllTextAsync(Secret, "the-coordinators-own-secret\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Secret, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };
        FurtherAuthorities.FromPemFile(authority.File).ApplyTo(handler.SslOptions);
        Http = new HttpClient(handler);
        Mock = await ScriptedProvider.StartAsync(authority);
        Campus = await IdentityProvider.StartAsync(folder, $"{Public}{Routes.SignOn}/campus/callback", TestContext.Current.CancellationToken);
        North = OrganizationId.New(TimeProvider.System);
        Coordinator = new RunningCoordinator(server)
        {
            Change = settings => settings with
            {
                Listen = settings.Listen with { PublicUrl = new Uri(Public) },
                SignOn = new SignOnSettings { Providers = Providers(), Services = Services(Campus.Issuer, TimeSpan.FromSeconds(20)) },
            },
        };
        await Coordinator.InitializeAsync();
        await using var found = Coordinator.Superuser.CreateCommand("INSERT INTO organization (id, name) VALUES ($1, 'North')");
        found.Parameters.Add(new() { Value = North.Value });
        await found.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        // Whoever was let in by a hidden list before would be let in by it still.
        Coordinator.Time.Advance(TimeSpan.FromSeconds(1));
    }

    public async ValueTask DisposeAsync()
    {
        if (Coordinator is not null)
            await Coordinator.DisposeAsync();
        Campus?.Dispose();
        if (Mock is not null)
            await Mock.DisposeAsync();
        Http?.Dispose();
        authority?.Dispose();
        one.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    internal ServiceSettings Services(string issuer, TimeSpan answerWithin) => new()
    {
        Issuer = issuer, ClientId = "vantage", ClientSecretFile = Secret, Authorities = authority!.File, Audience = IdentityProvider.Audience,
        AnswerWithin = answerWithin,
    };

    /// <summary>The account of the campus' program, declared once.</summary>
    internal async Task<User> RobotAsync()
    {
        await one.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            return robot ??= await Coordinator.Admin.PostAsync<User>(Routes.ServiceAccounts, new CreateServiceAccount("Robot", North, "robot", [Role.Researcher]));
        }
        finally
        {
            one.Release();
        }
    }

    private string Secret => Path.Combine(folder, "client.secret");

    private Dictionary<string, ProviderSettings> Providers()
    {
        var campus = new ProviderSettings
        {
            Title = "The campus", Issuer = Campus.Issuer, ClientId = "vantage", ClientSecretFile = Secret, Authorities = authority!.File,
            Scopes = ["openid", "profile", "email", "groups"], Organization = North, CreateAccounts = true,
            Roles = new() { ["analysts"] = ["researcher"], ["office"] = ["organization-admin"] },
        };
        var mock = campus with { Issuer = Mock.Issuer("mock") };
        return new()
        {
            ["campus"] = campus,
            ["mock"] = mock,
            ["closed"] = mock with { Issuer = Mock.Issuer("closed"), CreateAccounts = false },
            ["other"] = mock with { Issuer = Mock.Issuer("other") },
            ["hasty"] = mock with { Issuer = Mock.Issuer("hasty"), AnswerWithin = TimeSpan.FromSeconds(1) },
            ["unknown-authority"] = mock with { Issuer = Mock.Issuer("unknown-authority"), Authorities = null },
            ["wrong-name"] = mock with { Issuer = Mock.Issuer("wrong-name").Replace("localhost", "127.0.0.1", StringComparison.Ordinal) },
            ["ruling"] = mock with { Issuer = Mock.Issuer("ruling"), GrantsCoordinatorAdmin = true, Roles = new() { ["rulers"] = ["admin"] } },
        };
    }
}
