using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Vantage.Coordinator.Hosting;
using Vantage.Coordinator.Persistence;
using Vantage.Tests.Coordinator.Persistence;

namespace Vantage.Tests.Coordinator.Hosting;

/// <summary>
/// Class fixture: a whole Coordinator in this process, with a database of its own and a real web server on a free port.
/// </summary>
public class RunningCoordinator(PostgresFixture server) : IAsyncLifetime
{
    private readonly FreshDatabase fresh = new(server);
    private readonly string data = Path.Combine(Path.GetTempPath(), $"vantage-coordinator-{Guid.CreateVersion7():N}");
    private WebApplication? app;

    internal MovableTime Time { get; } = new();

    /// <summary>Other settings than a test usually wants.</summary>
    internal Func<CoordinatorSettings, CoordinatorSettings> Change { get; init; } = settings => settings;

    internal Database Database => fresh.Database;

    internal Npgsql.NpgsqlDataSource Superuser => fresh.Superuser;

    internal string Data => data;

    internal string Url => app!.Services.GetRequiredService<PublicAddress>().Url;

    /// <summary>Where it can be reached, whatever it is called.</summary>
    internal string Listening => app!.Urls.First();

    internal string AdminToken => File.ReadAllText(Path.Combine(data, "admin.token")).Trim();

    internal IServiceProvider Services => app!.Services;

    /// <summary>The Coordinator's own admin, made at its first start.</summary>
    internal Rest Admin => With(AdminToken);

    internal Rest Nobody => new(new HttpClient { BaseAddress = new Uri(Listening) });

    internal Rest With(string token)
    {
        var http = new HttpClient { BaseAddress = new Uri(Listening) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return new Rest(http);
    }

    public async ValueTask InitializeAsync()
    {
        await fresh.InitializeAsync();
        Directory.CreateDirectory(data);
        var settings = new CoordinatorSettings
        {
            Persistence = new PersistenceSettings(data),
            Listen = new ListenSettings { Urls = [new Uri("http://127.0.0.1:0")] },
            Limits = new LimitSettings { AnonymousPerMinute = 100_000, RefusedTokensPerMinute = 100_000, GuessesPerMinute = 100_000 },
        };
        app = Compose(settings);
        await app.StartAsync();
    }

    /// <summary>Once more, over the same database and data: a restart, or another replica. The caller starts and disposes it.</summary>
    internal WebApplication Compose(CoordinatorSettings settings) => Vantage.Coordinator.Program.Compose(Change(Adjust(settings)), () => fresh.Database, services =>
    {
        services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Time));
        Replace(services);
    });

    /// <summary>For classes that want a Coordinator of another kind.</summary>
    private protected virtual CoordinatorSettings Adjust(CoordinatorSettings settings) => settings;

    private protected virtual void Replace(IServiceCollection services)
    {
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (app is not null)
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }

        await fresh.DisposeAsync();
        Directory.Delete(data, recursive: true);
        GC.SuppressFinalize(this);
    }
}
