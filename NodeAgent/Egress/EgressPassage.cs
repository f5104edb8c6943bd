using System.Globalization;
using Vantage.NodeAgent.Gateway;
using Vantage.NodeAgent.Policy;
using Vantage.NodeAgent.Runtimes;

namespace Vantage.NodeAgent.Egress;

/// <summary>A run's way to the places that its rule grants and its algorithm asks for: a proxy, the door to it, and the variables that say so.</summary>
internal sealed class EgressPassage : IAsyncDisposable
{
    private const string Host = "egress.vantage";
    private const int Port = 3128;
    private const string SocketName = "proxy.sock";

    /// <summary>Both spellings of each: programs differ in which they read.</summary>
    private static readonly string[] Names = ["HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"];

    private readonly RunSocket? socket;
    private readonly EgressProxy? proxy;

    private EgressPassage(RunSocket? socket, EgressProxy? proxy) => (this.socket, this.proxy) = (socket, proxy);

    public IReadOnlyList<Door> Doors { get; private init; } = [];

    public IReadOnlyDictionary<string, string> Variables { get; private init; } = new Dictionary<string, string>();

    /// <summary>What was really used, for the receipt; null if there is no way out.</summary>
    public string? Used => proxy?.Meter.Text;

    /// <param name="folder">Nothing but the socket lies there.</param>
    /// <param name="granted">Nothing is opened if this is empty.</param>
    /// <param name="most">Bytes, both ways and all places together.</param>
    /// <param name="dial">How it connects.</param>
    public static EgressPassage Open(string folder, IReadOnlyList<EgressGrant> granted, long most, EgressDial dial)
    {
        if (granted.Count == 0)
        {
            return new(null, null);
        }

        var way = Directory.CreateDirectory(folder);
        if (!OperatingSystem.IsWindows())
        {
            // Another account has to get through, in a directory that is closed to all others.
            way.UnixFileMode |= UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        }

        var listening = RunSocket.Within(folder, SocketName);
        try
        {
            var address = string.Create(CultureInfo.InvariantCulture, $"http://{Host}:{Port}");
            return new(listening, EgressProxy.Start(listening.Path, granted, most, dial))
            {
                Doors = [new Door(Host, Port, Path.Combine(folder, SocketName))],
                Variables = Names.ToDictionary(name => name, _ => address),
            };
        }
        catch
        {
            listening.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (proxy is not null)
        {
            await proxy.DisposeAsync();
        }

        socket?.Dispose();
    }
}
