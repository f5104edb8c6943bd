using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Connections;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Errors;

namespace Vantage.Coordinator.Hosting;

/// <summary>
/// The process from its first to its last moment: settings, database, then serving; backwards when it ends. The database
/// starts while the host is being put together, since neither needs the other until somebody calls.
/// </summary>
internal static partial class CoordinatorProcess
{
    public static async Task<int> RunAsync(string[] args, Func<CoordinatorSettings, Func<Database>, WebApplication> compose)
    {
        switch (CommandLine.Parse(args))
        {
            case CommandLine.Help:
                Console.WriteLine(CommandLine.Usage);
                return ExitCodes.Ok;
            case CommandLine.Wrong(var message, var exitCode):
                await Console.Error.WriteLineAsync($"Vantage.Coordinator: {message}");
                return exitCode;
            case CommandLine.Run(var settings, var json):
                return await RunAsync(settings, json, compose);
            default:
                throw new InvalidOperationException("A command line without a case.");
        }
    }

    private static async Task<int> RunAsync(CoordinatorSettings settings, bool json, Func<CoordinatorSettings, Func<Database>, WebApplication> compose)
    {
        using var stop = new StopSignals();
        using var logs = LoggerFactory.Create(Logging.Configure);
        try
        {
            var starting = Task.Run(() => DatabaseServer.StartAsync(settings.Persistence, logs, stop.Token));
            WebApplication app;
            try
            {
                app = compose(settings, () => starting.IsCompletedSuccessfully
                    ? starting.Result.Database
                    : throw new InvalidOperationException("The database is not ready yet."));
            }
            catch
            {
                await using var started = await starting;
                throw;
            }

            await using var server = await starting;
            await using (app)
            {
                await StartAsync(app, stop.Token);
                Announce(app, settings, json);
                await app.WaitForShutdownAsync(stop.Token);
            }

            return ExitCodes.Ok;
        }
        catch (StartRefusedException e)
        {
            await Console.Error.WriteLineAsync($"Vantage.Coordinator: {e.Message}");
            return e.ExitCode;
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            return ExitCodes.Ok;
        }
        catch (Exception e)
        {
            Crashed(logs.CreateLogger("Vantage.Coordinator"), e);
            return ExitCodes.Internal;
        }
    }

    private static async Task StartAsync(WebApplication app, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            // What has started already ends in order, rather than by being disposed of.
            await app.StopAsync(CancellationToken.None);
            throw new StartRefusedException(
                $"urls: {e.Message} Another program listens there. Stop it, or choose another port with --urls (port 0 takes a free one).",
                ExitCodes.Conflict, e);
        }
        catch (Exception e) when (e is System.Net.Sockets.SocketException or IOException)
        {
            await app.StopAsync(CancellationToken.None);
            throw new StartRefusedException($"urls: can't listen there: {e.Message}", inner: e);
        }
    }

    private static void Announce(WebApplication app, CoordinatorSettings settings, bool json)
    {
        var url = app.Services.GetRequiredService<PublicAddress>().Url;
        var token = Path.Combine(settings.Persistence.Data, "admin.token");
        var ready = new Ready("ready", url, File.Exists(token) ? token : null, Environment.ProcessId);
        Console.WriteLine(json
            ? JsonSerializer.Serialize(ready, ReadyJson.Default.Ready)
            : $"The Coordinator is ready at {url}." + (ready.AdminTokenFile is null ? "" : $" Its first admin's token is in {token}."));
    }

    [LoggerMessage(LogLevel.Critical, "The Coordinator ends after an error that nobody expected. Please report it")]
    private static partial void Crashed(ILogger log, Exception e);
}

/// <summary>What a program that started this one waits for.</summary>
internal sealed record Ready(string Event, string Url, string? AdminTokenFile, int ProcessId);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Ready))]
internal sealed partial class ReadyJson : JsonSerializerContext;
