using System.Net.Http.Headers;
using System.Threading.Channels;
using Vantage.NodeAgent.Link;
using Vantage.NodeAgent.Link.Transports;
using Vantage.Protocol.Api;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;

namespace Vantage.Tests.Coordinator.Hosting;

/// <summary>A certified node as the Coordinator sees it: keys, a session, and lines to the hub.</summary>
internal sealed class Site(RunningCoordinator coordinator, Hospital hospital, NodeId node, SigningKey signing, EncryptionKey encryption,
    CertificateChain chain)
{
    private NodeSession? session;

    public NodeId Node => node;

    public OrganizationId Organization => hospital.Id;

    public SigningKey Signing => signing;

    public EncryptionKey Encryption => encryption;

    public CertificateChain Chain => chain;

    public static async Task<Site> OpenAsync(RunningCoordinator coordinator, Hospital hospital, string name = "node")
    {
        if ((await hospital.Admin.GetAsync<Organization>($"{Routes.Organizations}/{hospital.Id}")).Root is null)
        {
            await hospital.PublishRootAsync();
        }

        var (node, signing, encryption) = await hospital.EnrolAsync(name);
        var certificates = hospital.Certify(node, signing, encryption);
        await hospital.Admin.PutAsync<Node>($"{Routes.Nodes}/{node}/certificates", certificates);
        return new Site(coordinator, hospital, node, signing, encryption,
            CertificateChain.Of(Certificate.Parse(certificates.Signing), hospital.Root));
    }

    public async Task<string> TokenAsync() => (session ??= await hospital.SignInAsync((node, signing, chain))).Token;

    public async Task<Rest> RestAsync() => coordinator.With(await TokenAsync());

    /// <summary>A line on which Hello was said and answered.</summary>
    public async Task<SiteLine> ConnectAsync(TransportKind kind = TransportKind.WebSocket)
    {
        var line = await DialAsync(kind);
        await line.Line.HelloAsync(new Hello(1, 1, [], "1.2.3"), TestContext.Current.CancellationToken);
        return line;
    }

    public async Task<SiteLine> DialAsync(TransportKind kind = TransportKind.WebSocket)
    {
        var token = await TokenAsync();
        var hub = new Uri(new Uri(coordinator.Url), INodeHub.Path);
        var heard = new Heard();
        var line = await HubLine.OpenAsync(kind, ct => kind == TransportKind.WebSocket
            ? WebSocketWire.ConnectAsync(hub, token, new HttpMessageInvoker(new SocketsHttpHandler()), ct)
            : LongPollWire.ConnectAsync(hub, _ => Task.FromResult(token), Client(token), ct), heard, TestContext.Current.CancellationToken);
        return new SiteLine(line, heard);
    }

    private static HttpClient Client(string token)
    {
        var http = new HttpClient { Timeout = TimeSpan.FromMinutes(5) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return http;
    }
}

/// <summary>One connection of a site, and what the Coordinator says over it.</summary>
internal sealed record SiteLine(HubLine Line, Heard Heard) : IAsyncDisposable
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public Task<HeartbeatReply> BeatAsync(params RunReport[] reports) => Line.HeartbeatAsync(new Heartbeat(NodeMode.Active, reports), Stop);

    public Task<ReconcileReply> ReconcileAsync(params RunReport[] runs) => Line.ReconcileAsync(new Inventory(NodeMode.Active, runs), Stop);

    public async Task<IReadOnlyList<ClaimedRun>> ClaimAsync(int max = 10) => (await Line.ClaimAsync(new ClaimRequest(max), Stop)).Runs;

    public Task<CommitReply> CommitAsync(CommitRequest request) => Line.CommitAsync(request, Stop);

    public ValueTask DisposeAsync() => Line.DisposeAsync();
}

/// <summary>Collects hints; tests wait for them.</summary>
internal sealed class Heard : INodeClient
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Channel<bool> work = Channel.CreateUnbounded<bool>();
    private readonly TaskCompletionSource<IReadOnlyList<StopOrder>> stops = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource looksAgain = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> farewell = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Hints { get; private set; }

    public Task<IReadOnlyList<StopOrder>> Stops => stops.Task.WaitAsync(Patience);

    public Task<string> Farewell => farewell.Task.WaitAsync(Patience);

    public Task WorkAsync() => work.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience);

    public Task WorkAvailable()
    {
        Hints++;
        work.Writer.TryWrite(true);
        return Task.CompletedTask;
    }

    public Task LooksAgain => looksAgain.Task.WaitAsync(Patience);

    public Task LookAgain()
    {
        looksAgain.TrySetResult();
        return Task.CompletedTask;
    }

    public Task StopWork(IReadOnlyList<StopOrder> orders)
    {
        stops.TrySetResult(orders);
        return Task.CompletedTask;
    }

    public Task StatementsChanged() => Task.CompletedTask;

    public Task GoingAway(string reason)
    {
        farewell.TrySetResult(reason);
        return Task.CompletedTask;
    }
}
