using Vantage.NodeAgent.Audit.Trail;
using Vantage.NodeAgent.Disclosure.Memory;
using Vantage.NodeAgent.Hosting.Commands;
using Vantage.NodeAgent.Link;
using Vantage.NodeAgent.Link.Transports;
using Vantage.NodeAgent.LocalConsole;
using Vantage.NodeAgent.Runs.Journal;
using Vantage.NodeAgent.Runs.Storage;
using Vantage.NodeAgent.Trust;
using Vantage.NodeAgent.Trust.Rotation;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Ids;

namespace Vantage.NodeAgent.Hosting;

/// <summary><c>run</c>: the node itself, until it is told to stop.</summary>
internal static class RunVerb
{
    public static NodeVerb Verb { get; } = new("run", "Run the node until it is told to stop.",
        [new("--log-level", "LEVEL", "Trace, Debug, Information (the default), Warning or Error.")], RunAsync);

    private static async Task<int> RunAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var home = call.Home;
        var settings = NodeSettings.Load(home);
        ControlSocket.RequireShortPath(home);
        var identity = NodeIdentity.Find(home) ?? throw CommandFailure.Configuration(
            $"{home.Root} is not enrolled: there is no {home.Identity}. Run: vantage node setup --url {settings.Coordinator} --code CODE --dir {home.Root}");
        OwnRoot.Load(home);
        using var only = NodeLock.Take(home);
        KeySwitch.Finish(home);
        var keys = NodeKeys.Load(home);
        using var journal = Opened(() => RunJournal.Open(home.Journal));
        using var trail = Opened(() => TrailStore.Open(LocalVolume.Instance, new Segments(home.Audit), keys.Signing, TimeProvider.System));
        using var memory = Opened(() => AnswerMemory.Open(LocalVolume.Instance, home.AnswerMemory, TimeProvider.System));
        using var host = NodeHost.Build(new NodeSetting(home, settings, identity, keys, journal, trail, memory), LevelOf(call));
        _ = SayReadyAsync(call, identity, host.Services.GetRequiredService<LinkHealth>(), cancellationToken);
        // Running disposes the host, and its services with it.
        var fate = host.Services.GetRequiredService<NodeFate>();
        var loops = host.Services.GetServices<IHostedService>().OfType<BackgroundService>().ToList();
        await host.RunAsync(cancellationToken);
        return loops.Select(loop => loop.ExecuteTask?.Exception?.InnerException).FirstOrDefault(e => e is not null) is { } failure
            ? throw Explain(failure)
            : fate.ExitCode;
    }

    /// <summary>With <c>--json</c>: the one line on standard output, once the Coordinator knows that the node is there.</summary>
    private static async Task SayReadyAsync(VerbCall call, NodeIdentity identity, LinkHealth health, CancellationToken cancellationToken)
    {
        var transport = await health.Linked.WaitAsync(cancellationToken);
        if (call.IsJson)
        {
            call.Answer(new NodeReady("ready", identity.Node, transport, Environment.ProcessId), VerbJson.Default.NodeReady, _ => { });
        }
    }

    /// <summary>A loop that ends by itself ends the node; what for a person can mend is not told as a bug.</summary>
    private static Exception Explain(Exception failure) => failure switch
    {
        CommandFailure or IOException or UnauthorizedAccessException => failure,
        _ => new CommandFailure(ExitCodes.Internal, $"A bug in the node: {failure} Please report it with the lines above.", failure),
    };

    private static T Opened<T>(Func<T> open)
    {
        try
        {
            return open();
        }
        catch (JournalException e)
        {
            throw CommandFailure.Configuration(e.Message, e);
        }
    }

    private static LogLevel LevelOf(VerbCall call) => call.Find("--log-level") switch
    {
        null => LogLevel.Information,
        var text when Enum.TryParse<LogLevel>(text, ignoreCase: true, out var level) && Enum.IsDefined(level) => level,
        var text => throw CommandFailure.Usage($"'{text}' is no log level: Trace, Debug, Information, Warning or Error."),
    };
}

/// <summary>What a program that started this one waits for.</summary>
internal sealed record NodeReady(string Event, NodeId Node, TransportKind Transport, int ProcessId);
