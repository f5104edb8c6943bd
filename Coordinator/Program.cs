using Vantage.Coordinator.Access.Roles;
using Vantage.Coordinator.Access;
using Vantage.Coordinator.Accounts.ServiceAccounts;
using Vantage.Coordinator.Accounts.SingleSignOn;
using Vantage.Coordinator.Accounts.Tokens;
using Vantage.Coordinator.Accounts;
using Vantage.Coordinator.Algorithms;
using Vantage.Coordinator.Audit;
using Vantage.Coordinator.Collaborations;
using Vantage.Coordinator.Dictionaries;
using Vantage.Coordinator.Hosting;
using Vantage.Coordinator.Keys;
using Vantage.Coordinator.Nodes;
using Vantage.Coordinator.Organizations;
using Vantage.Coordinator.Payloads;
using Vantage.Coordinator.Persistence;
using Vantage.Coordinator.Realtime;
using Vantage.Coordinator.Tasks;

namespace Vantage.Coordinator;

/// <summary>The Coordinator: a table of its capabilities.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args) =>
        CoordinatorProcess.RunAsync(args, (settings, database) => Compose(settings, database));

    /// <param name="settings">Of every capability.</param>
    /// <param name="database">Asked when first needed.</param>
    /// <param name="replace">For tests: another clock, say.</param>
    internal static WebApplication Compose(CoordinatorSettings settings, Func<Database> database, Action<IServiceCollection>? replace = null)
    {
        var builder = WebServer.CreateBuilder(settings);
        builder.Services
            .AddPersistence(settings.Persistence, database)
            .AddAccess()
            .AddRoles()
            .AddAccounts(settings.Accounts)
            .AddTokens(settings.Tokens)
            .AddSingleSignOn(settings.SignOn)
            .AddServiceAccounts(settings.SignOn.Services)
            .AddOrganizations()
            .AddCollaborations()
            .AddAlgorithmStore()
            .AddDictionaries()
            .AddNodes()
            .AddKeys()
            .AddAudit()
            .AddPayloads(settings.Payloads, settings.Persistence.Data)
            .AddTasks(settings.Tasks)
            .AddRealtime();
        replace?.Invoke(builder.Services);

        var app = builder.Build();
        app.UseWebServer();
        app.UseAccess();
        app.MapHealth();
        app.MapRoles();
        app.MapAccounts();
        app.MapTokens();
        app.MapSingleSignOn();
        app.MapServiceAccounts();
        app.MapOrganizations();
        app.MapCollaborations();
        app.MapAlgorithmStore();
        app.MapDictionaries();
        app.MapNodes();
        app.MapKeys();
        app.MapAudit();
        app.MapOpenApiDocument();
        app.MapPayloads();
        app.MapTasks();
        app.MapRealtime();
        return app.RefuseUndeclared();
    }
}
