using System.Text.Json;
using Vantage.NodeAgent.Gateway;
using Vantage.NodeAgent.Runs.Storage;
using Vantage.NodeAgent.Runtimes;
using Vantage.Protocol.Algorithms;

namespace Vantage.NodeAgent.TaskTypes.Analysis;

/// <summary>What lies where in a run's working directory. Names are fixed: no text of a request is part of a path.</summary>
/// <param name="Root">The run's own, closed to all other accounts.</param>
/// <param name="SeenAt">Where the code sees what it is shown; null if it sees it where it lies.</param>
/// <param name="GatewayKind">How it speaks to its Gateway.</param>
internal sealed record AnalysisFolder(string Root, string? SeenAt, string GatewayKind)
{
    private const string SocketName = "gateway.sock";
    private const UnixFileMode ReadableByAll = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode OpenToAll = ReadableByAll | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>All that the code may read. Where it runs as another account it sees nothing else of this directory.</summary>
    public string Shown => SeenAt is null ? Root : Path.Combine(Root, "shown");

    public string Data => Path.Combine(Shown, "data");

    /// <summary>Whether the code finds its Gateway's socket among what it is shown, where it can't see the node's own.</summary>
    public bool ShowsGateway => SeenAt is not null && GatewayKind == GatewayKinds.UnixHttp;

    /// <summary>Where that socket lies.</summary>
    public string Gateway => Path.Combine(Shown, "gateway");

    /// <summary>Where the way outside begins, if the run has one.</summary>
    public string Egress => Path.Combine(Root, "egress");

    /// <summary>What the sites answered a central function.</summary>
    public string Answers => Path.Combine(Root, "answers");

    public string Output => Path.Combine(Root, "output");

    public string Arguments => Path.Combine(Shown, "arguments.json");

    public string RunFile => Path.Combine(Shown, Protocol.Algorithms.RunFile.FileName);

    public string Log => Path.Combine(Root, "log.txt");

    public static AnalysisFolder Of(string root, IRuntime runtime) => new(root, runtime.SeenAt, runtime.GatewayKind);

    public void Create()
    {
        Durable.CreateFolder(Shown);
        Durable.CreateFolder(Data);
        Durable.CreateFolder(Output);
        Durable.CreateFolder(Answers);
        if (ShowsGateway)
        {
            Durable.CreateFolder(Gateway);
        }
    }

    /// <summary>A path below <see cref="Shown"/> as the code sees it.</summary>
    public string Seen(string path) =>
        SeenAt is null ? path : $"{SeenAt}/{Path.GetRelativePath(Shown, path).Replace(Path.DirectorySeparatorChar, '/')}";

    /// <summary>Where the code finds its Gateway.</summary>
    /// <param name="socket">Where the node listens.</param>
    public GatewayAddress AddressOf(RunSocket socket) => new(GatewayKind, this switch
    {
        { GatewayKind: GatewayKinds.StdioHttp } => GatewayKinds.Stdio,
        { ShowsGateway: true } => Seen(Path.Combine(Gateway, SocketName)),
        _ => socket.Path,
    });

    public RunSocket Listen() => ShowsGateway ? RunSocket.Within(Gateway, SocketName) : new RunSocket();

    public async Task WriteAsync(RunFile run, ReadOnlyMemory<byte> arguments, CancellationToken cancellationToken)
    {
        await WriteAsync(Arguments, arguments, cancellationToken);
        await WriteAsync(run, cancellationToken);
    }

    /// <summary>Without arguments: for a worker that is told with each call.</summary>
    public async Task WriteAsync(RunFile run, CancellationToken cancellationToken)
    {
        await WriteAsync(RunFile, JsonSerializer.SerializeToUtf8Bytes(run, AlgorithmsJson.Default.RunFile), cancellationToken);
    }

    /// <summary>
    /// Lets another account read what is shown, once that was mounted for it. Nobody else gets there: the directory around
    /// it is closed.
    /// </summary>
    public void Open()
    {
        if (SeenAt is null || OperatingSystem.IsWindows())
        {
            return;
        }

        File.SetUnixFileMode(Shown, OpenToAll);
        foreach (var folder in Directory.EnumerateDirectories(Shown))
        {
            File.SetUnixFileMode(folder, OpenToAll);
        }

        foreach (var file in Directory.EnumerateFiles(Shown).Concat(Directory.EnumerateFiles(Data)))
        {
            File.SetUnixFileMode(file, ReadableByAll);
        }
    }

    private static async Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        await using var file = Durable.CreateFile(path);
        await file.WriteAsync(content, cancellationToken);
    }
}
