using Vantage.NodeAgent.Data;
using Vantage.NodeAgent.Data.Reading;
using Vantage.NodeAgent.Hosting.Yaml;
using Vantage.NodeAgent.Images;
using Vantage.NodeAgent.Runtimes.Docker;
using Vantage.NodeAgent.Runtimes.Warm;

namespace Vantage.NodeAgent.Hosting;

/// <summary>What a node's admin sets in <c>node.yaml</c>. How often to report comes from the Coordinator.</summary>
internal sealed record NodeSettings
{
    public required Uri Coordinator { get; init; }

    public ProxySettings? Proxy { get; init; }

    /// <summary>PEM file with further authorities for the Coordinator's TLS certificate.</summary>
    public string? ExtraCa { get; init; }

    /// <summary>The program that runs algorithms in the process runtime.</summary>
    public required string Worker { get; init; }

    /// <summary>The engine that runs images, where the policy allows them.</summary>
    public DockerSettings Docker { get; init; } = DockerSettings.Default;

    /// <summary>How much of the machine may stand ready for a job's next calls, where the policy allows any.</summary>
    public WarmBounds Warm { get; init; } = WarmBounds.Default;

    public int ParallelRuns { get; init; } = 2;

    /// <summary>With less free disk than this the node claims nothing.</summary>
    public int MinimumFreeMiB { get; init; } = 256;

    /// <summary>How far clocks may differ before a manifest's times are held against it.</summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long beyond a task's end, by this node's clock, what was finished is kept and remembered.</summary>
    public TimeSpan KeepPastEnd { get; init; } = TimeSpan.FromHours(1);

    public TransportSetting Transport { get; init; } = TransportSetting.Auto;

    /// <summary>The data that tasks may be about, as far as the policy lets them.</summary>
    public IReadOnlyList<SourceSettings> Sources { get; init; } = [];

    /// <summary>Registries that want more than a name.</summary>
    public IReadOnlyList<RegistrySettings> Registries { get; init; } = [];

    /// <summary>Reads <c>node.yaml</c>; throws <see cref="CommandFailure"/> with all that is wrong in it.</summary>
    public static NodeSettings Load(NodeHome home)
    {
        if (!File.Exists(home.Settings))
        {
            throw CommandFailure.Configuration(
                $"There is no {home.Settings}. Give the node's directory with --dir, or make one: vantage node setup --url URL --code CODE --dir DIR.");
        }

        try
        {
            return YamlFile.Read(home.Settings, root => Read(root, home));
        }
        catch (SettingsException e)
        {
            throw CommandFailure.Configuration(e.Message, e);
        }
    }

    internal static NodeSettings Read(YamlSection root, NodeHome home)
    {
        var settings = new NodeSettings
        {
            Coordinator = ReadCoordinator(root),
            Proxy = root.Section("proxy") is { } proxy ? ProxySettings.Read(proxy, home) : null,
            ExtraCa = root.Text("extraCa") is { } ca ? Path.GetFullPath(ca, home.Root) : null,
            Worker = root.Text("worker") is { } worker ? Path.GetFullPath(worker, home.Root) : WorkerProgram.Default,
            Docker = DockerSettings.Read(root.Section("docker"), home.Root),
            Warm = WarmBounds.Read(root.Section("warm")),
            ParallelRuns = root.Number("parallelRuns", 2, 1, 64),
            MinimumFreeMiB = root.Number("minimumFreeMiB", 256, 0, 1_000_000),
            ClockSkew = TimeSpan.FromSeconds(root.Number("clockSkewSeconds", 120, 0, 3600)),
            KeepPastEnd = TimeSpan.FromSeconds(root.Number("keepPastEndSeconds", 3600, 0, 604_800)),
            Transport = ReadTransport(root),
            Sources = SourcesReader.Read(root, home.Root),
            Registries = RegistrySettings.Read(root, home.Root),
        };

        root.Done();
        return settings;
    }

    private static Uri ReadCoordinator(YamlSection root)
    {
        var text = root.RequiredText("coordinator", "the Coordinator's address, such as https://vantage.example.org");
        var refusal = text.Length == 0 ? null : CoordinatorUrl.Refusal(text);
        if (refusal is not null)
        {
            root.Problem("coordinator", refusal);
        }

        return text.Length > 0 && refusal is null ? CoordinatorUrl.Parse(text) : new Uri("https://invalid.invalid/");
    }

    private static TransportSetting ReadTransport(YamlSection root)
    {
        switch (root.Text("transport"))
        {
            case null or "auto":
                return TransportSetting.Auto;
            case "websocket":
                return TransportSetting.WebSocket;
            case "long-poll":
                return TransportSetting.LongPoll;
            default:
                root.Problem("transport", "'transport' is auto, websocket or long-poll.");
                return TransportSetting.Auto;
        }
    }
}

internal enum TransportSetting
{
    /// <summary>WebSocket, and long poll where upgrades are refused or do not last.</summary>
    Auto,

    WebSocket,

    LongPoll,
}
