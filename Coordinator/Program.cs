using Vantage.Coordinator.Access;
using Vantage.Coordinator.Hosting;
using Vantage.Coordinator.Payloads;
using Vantage.Coordinator.Persistence;

namespace Vantage.Coordinator;

/// <summary>The Coordinator: a table of its capabilities.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args) => CoordinatorProcess.RunAsync(args, Compose);

    internal static WebApplication Compose(CoordinatorSettings settings, Func<Database> database)
    {
        var builder = WebServer.CreateBuilder(settings);
        builder.Services
            .AddPersistence(settings.Persistence, database)
            .AddAccess()
            .AddPayloads(settings.Payloads, settings.Persistence.Data);

        var app = builder.Build();
        app.UseWebServer();
        app.UseAccess();
        app.MapHealth();
        app.MapPayloads();
        return app;
    }
}
