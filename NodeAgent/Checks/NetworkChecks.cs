using System.Net;
using System.Net.Sockets;
using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Link;
using Vantage.NodeAgent.Link.Faults;
using Vantage.NodeAgent.Link.SignIn;
using Vantage.NodeAgent.Link.Transports;
using Vantage.NodeAgent.Trust;
using Vantage.Protocol.Api;
using Vantage.Protocol.Hub;

namespace Vantage.NodeAgent.Checks;

/// <summary>The way to the Coordinator, one step after the other: a step is only taken if the one before it worked.</summary>
internal sealed class NetworkChecks(NodeHome home, NodeSettings settings, TimeProvider time) : IAsyncDisposable
{
    private readonly LinkHttp http = new(settings);
    private string token = "";

    public async Task<IReadOnlyList<CheckLine>> RunAsync(CancellationToken cancellationToken)
    {
        var rest = new RestLine(http, time);
        (string Name, Func<Task<CheckLine>> Look)[] steps =
        [
            ("name", () => NameAsync(cancellationToken)),
            ("connection", () => ConnectAsync(cancellationToken)),
            ("coordinator", () => HealthAsync(rest, cancellationToken)),
            ("clock", () => Task.FromResult(Clock(rest))),
            ("sign-in", () => SignInAsync(rest, cancellationToken)),
            ("websocket", () => WebSocketAsync(cancellationToken)),
        ];
        var lines = new List<CheckLine>();
        foreach (var (name, look) in steps)
        {
            // A wrong clock is worth knowing and keeps nobody from looking further.
            var before = lines.FirstOrDefault(line => line.Result is CheckResult.Failed or CheckResult.Skipped && line.Name != "clock");
            lines.Add(before is not null
                ? CheckLine.Skipped(name, $"'{before.Name}' comes first.")
                : await TryAsync(name, look));
        }

        return lines;
    }

    public ValueTask DisposeAsync()
    {
        http.Dispose();
        return ValueTask.CompletedTask;
    }

    private Uri First => settings.Proxy?.Url ?? settings.Coordinator;

    private string FirstSetting => settings.Proxy is null ? "coordinator" : "proxy.url";

    private async Task<CheckLine> TryAsync(string name, Func<Task<CheckLine>> look)
    {
        try
        {
            return await look();
        }
        catch (CommandFailure e)
        {
            return CheckLine.Failed(name, e.Message, "See the checks above.");
        }
        catch (Exception e)
        {
            var fault = LinkLadder.Explain(e, settings.Coordinator, settings.Proxy?.Url);
            return CheckLine.Failed(name, $"{fault.Kind}: {e.Message}", fault.Message);
        }
    }

    private async Task<CheckLine> NameAsync(CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(First.DnsSafeHost, cancellationToken);
        return CheckLine.Ok("name", $"{First.Host} is {string.Join(", ", addresses.Take(3).Select(a => a.ToString()))}");
    }

    private async Task<CheckLine> ConnectAsync(CancellationToken cancellationToken)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(10));
        await socket.ConnectAsync(First.DnsSafeHost, First.Port, patience.Token);
        return CheckLine.Ok("connection", $"{First.Host}:{First.Port} ('{FirstSetting}') answers");
    }

    private async Task<CheckLine> HealthAsync(RestLine rest, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, http.Coordinator.At(Routes.HealthLive));
        using var answer = await rest.SendAsync(request, TimeSpan.FromSeconds(15), cancellationToken);
        return CheckLine.Ok("coordinator", settings.Coordinator.Scheme == "https" ? "alive, over TLS that is believed" : "alive");
    }

    private CheckLine Clock(RestLine rest)
    {
        if (rest.ClockDifference is not { } ahead)
        {
            return CheckLine.Warning("clock", "The Coordinator did not say its time.", "Keep this machine's clock set (chrony, systemd-timesyncd).");
        }

        var off = ahead.Duration();
        return off <= settings.ClockSkew
            ? CheckLine.Ok("clock", $"within {Math.Ceiling(off.TotalSeconds)} s of the Coordinator's")
            : CheckLine.Failed("clock", $"{(int)off.TotalSeconds} s {(ahead > TimeSpan.Zero ? "behind" : "ahead of")} the Coordinator's.",
                "Set this machine's clock (chrony, systemd-timesyncd): tasks will look too early or too late.");
    }

    private async Task<CheckLine> SignInAsync(RestLine rest, CancellationToken cancellationToken)
    {
        if (NodeIdentity.Find(home) is not { } identity)
        {
            return CheckLine.Skipped("sign-in", "The node is not enrolled.");
        }

        if (OwnCertificates.Find(home, identity, NodeKeys.Load(home), time.GetUtcNow()) is not { } self)
        {
            return CheckLine.Skipped("sign-in", "The node has no certificate yet; see 'certificate'.");
        }

        token = (await NodeSignInCall.SendAsync(rest, self, http.Coordinator, time, cancellationToken)).Token;
        return CheckLine.Ok("sign-in", $"as {identity.Node}");
    }

    private async Task<CheckLine> WebSocketAsync(CancellationToken cancellationToken)
    {
        var hub = http.Coordinator.At(INodeHub.Path);
        try
        {
            await using var wire = await WebSocketWire.ConnectAsync(hub, token, http.Invoker, cancellationToken);
            return CheckLine.Ok("websocket", "let through");
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && settings.Transport != TransportSetting.WebSocket)
        {
            await using var wire = await LongPollWire.ConnectAsync(hub, _ => Task.FromResult(token), http.Client, cancellationToken);
            return CheckLine.Warning("websocket", $"not let through ({e.Message}); polling works and is used",
                "Nothing needs to be done. To get hints a little sooner, let WebSockets through.");
        }
    }
}
