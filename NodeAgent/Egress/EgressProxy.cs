using System.Net.Sockets;
using Vantage.NodeAgent.Policy;

namespace Vantage.NodeAgent.Egress;

/// <summary>
/// A forward proxy for one run, on a Unix socket: connects to what the policy granted, by the policy's own spelling of it,
/// and to nothing else. It follows no redirect and reads nothing but the first request's head.
/// </summary>
internal sealed class EgressProxy : IAsyncDisposable
{
    private const int AtOnce = 32;
    private const int Waiting = 64;
    private const UnixFileMode ForAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    private readonly Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly CancellationTokenSource over = new();
    private readonly SemaphoreSlim room = new(AtOnce);
    private readonly IReadOnlyList<EgressGrant> granted;
    private readonly EgressDial dial;
    private readonly Task serving;

    private EgressProxy(string path, IReadOnlyList<EgressGrant> granted, long most, EgressDial dial)
    {
        (this.granted, this.dial) = (granted, dial);
        Meter = new EgressMeter(granted, most);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen(Waiting);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, ForAll);
        }

        serving = ServeAsync();
    }

    public EgressMeter Meter { get; }

    /// <param name="path">Where it listens. Whoever gets into the folder may call.</param>
    /// <param name="granted">Where it connects to.</param>
    /// <param name="most">Bytes, both ways and all places together.</param>
    /// <param name="dial">How it connects.</param>
    public static EgressProxy Start(string path, IReadOnlyList<EgressGrant> granted, long most, EgressDial dial) => new(path, granted, most, dial);

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        await serving;
        listener.Dispose();
        // Whoever was served has let go of its place: then nobody is left.
        for (var i = 0; i < AtOnce; i++)
        {
            await room.WaitAsync(CancellationToken.None);
        }

        room.Dispose();
        over.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                await room.WaitAsync(over.Token);
                _ = AnswerAsync(await AcceptAsync());
            }
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
    }

    private async Task<Socket> AcceptAsync()
    {
        try
        {
            return await listener.AcceptAsync(over.Token);
        }
        catch
        {
            room.Release();
            throw;
        }
    }

    private async Task AnswerAsync(Socket client)
    {
        try
        {
            using (client)
            {
                await new EgressCall(client, granted, Meter, dial, TimeProvider.System).ServeAsync(over.Token);
            }
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException)
        {
            // Broken off by the algorithm, by whom it called, or by its end.
        }
        finally
        {
            room.Release();
        }
    }
}
