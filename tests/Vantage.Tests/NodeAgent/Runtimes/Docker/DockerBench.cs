using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Vantage.NodeAgent.Runtimes;
using Vantage.NodeAgent.Runtimes.Docker;
using Vantage.NodeAgent.Runtimes.Docker.Engine;
using Vantage.NodeAgent.Runtimes.Docker.Network;
using Vantage.Protocol.Cryptography;

namespace Vantage.Tests.NodeAgent.Runtimes.Docker;

/// <summary>A node's runtime on the real engine, with one run that does what a script says.</summary>
internal sealed class DockerBench : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vtg-dock-");
    private readonly MemoryStream said = new();
    private readonly TaskCompletionSource firstWord = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DockerRuntime? runtime;

    public DockerBench(string image, string script, string? node = null)
        : this(Here(), image, script, node)
    {
    }

    public DockerBench(TestEngine engine, string image, string script, string? node = null)
    {
        Engine = engine;
        Image = image;
        Node = node ?? "nod_" + Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16));
        Shown = Directory.CreateDirectory(Path.Combine(Work, "shown")).FullName;
        File.WriteAllText(Path.Combine(Shown, "script"), script + "\n");
        File.WriteAllText(Path.Combine(Shown, "run.json"), "{}");
    }

    public TestEngine Engine { get; }

    public string Node { get; }

    public string Image { get; init; }

    public string RunName { get; init; } = "run_1-1";

    public RuntimeLimits Limits { get; init; } = new(1, 128, 16, TimeSpan.FromMinutes(5));

    public IReadOnlySet<SandboxDemand> Demands { get; init; } = new HashSet<SandboxDemand>();

    /// <summary>Whether what it says is kept.</summary>
    public bool Hears { get; init; } = true;

    public IReadOnlyList<Door> Doors { get; init; } = [];

    /// <summary>The program behind the doors.</summary>
    public string Relay { get; init; } = RelayProgram.Path;

    /// <summary>Node and engine as if they shared no files.</summary>
    public bool IsApart { get; init; }

    public DockerRuntime Runtime => runtime ??= Make();

    public string Work => Directory.CreateDirectory(Path.Combine(folder.FullName, "work", "run-1")).FullName;

    public string WorkRoot => Path.GetDirectoryName(Work)!;

    public string Shown { get; }

    public string Container => $"vtg-{Node}-{RunName}";

    public string Said
    {
        get
        {
            lock (said)
            {
                return Encoding.UTF8.GetString(said.ToArray());
            }
        }
    }

    /// <summary>The script has written something.</summary>
    public Task FirstWord => firstWord.Task.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);

    /// <summary>The runtime of another life of the same node.</summary>
    public DockerRuntime Make() => Of(Engine.Client, Node, Relay, IsApart);

    public static DockerRuntime Of(EngineClient engine, string node, string? relay = null, bool isApart = false)
    {
        var mark = new ContainerMark(node);
        var doors = new DoorOpener(engine, new RelaySupply(engine, relay ?? RelayProgram.Path), mark, TimeProvider.System);
        return new(engine, new ImageSupply(engine, _ => null), doors, mark, TimeProvider.System, NullLogger<DockerRuntime>.Instance,
            isApart ? HandOver.Apart(engine, mark) : HandOver.Here);
    }

    public RuntimeJob Job() => new(
        new RuntimeCode.Image("registry.example.org/probe", Digest.OfText("manifest"), Digest.Parse(Image)), RunName, Work, Shown,
        Path.Combine(Shown, "run.json"), "/nowhere", Limits, Hear) { Demands = Demands, Doors = Doors };

    public Task<RuntimeEnd> RunAsync() => Runtime.RunAsync(Job(), TestContext.Current.CancellationToken);

    public Task<RuntimeEnd> RunAsync(CancellationTokenSource stop) => Runtime.RunAsync(Job(), stop.Token);

    public Task<IReadOnlyList<string>> LeftAsync() => Engine.LeftOfAsync(Node);

    public async ValueTask DisposeAsync()
    {
        using (var last = Make())
        {
            await last.SweepAsync(WorkRoot, CancellationToken.None);
        }

        Runtime.Dispose();
        Engine.Dispose();
        folder.Delete(recursive: true);
    }

    private static TestEngine Here()
    {
        TestEngine.Require();
        return new TestEngine();
    }

    private void Hear(ReadOnlyMemory<byte> text)
    {
        if (Hears)
        {
            lock (said)
            {
                said.Write(text.Span);
            }
        }

        firstWord.TrySetResult();
    }
}
