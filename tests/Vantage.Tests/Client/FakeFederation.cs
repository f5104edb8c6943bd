using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Vantage.Client;
using Vantage.Client.Connection;
using Vantage.Client.Home;
using Vantage.Protocol.Api;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;
using Vantage.Protocol.Lifecycles;
using Vantage.Protocol.Manifests;
using Vantage.Protocol.Signatures;
using Vantage.Protocol.Statements;
using Vantage.Tests.Protocol;

namespace Vantage.Tests.Client;

/// <summary>
/// A Coordinator of some dictionaries, and nodes that answer as a test says: what is real about it are the wire, the
/// keys and the envelopes. Everything that a dishonest Coordinator could do, a test can do to it.
/// </summary>
internal sealed class FakeFederation : IAsyncDisposable
{
    private readonly TempFolder folder = new();
    private readonly List<VantageClient> clients = [];

    public Partner Asker { get; } = new("North");

    public List<Partner> Partners { get; } = [];

    public CollaborationId Collaboration { get; } = CollaborationId.New(TimeProvider.System);

    public TestClock Clock { get; } = new(Partner.Now);

    public AlgorithmRef Algorithm { get; } = AlgorithmRef.Builtin("summary", "1.0.0", Digest.OfText("code").ToString());

    public ConcurrentDictionary<TaskId, SubmitTask> Submitted { get; } = new();

    public ConcurrentDictionary<RunId, FakeRun> Runs { get; } = new();

    public ConcurrentDictionary<Digest, byte[]> Blobs { get; } = new();

    /// <summary>What a site does with a run that it was handed; by default nothing, ever.</summary>
    public Func<Partner, FakeRun, FakeEnd?> Answer { get; set; } = (_, _) => null;

    /// <summary>What sites say that refuse.</summary>
    public string Refusal { get; set; } = "Not for this purpose.";

    /// <summary>What comes along with a settled task for whoever asks for it; null for nothing, as from an older Coordinator.</summary>
    public Func<FakeRun, RunAnswer>? Bring { get; set; }

    /// <summary>Looks at every request first; true means that it was dealt with.</summary>
    public Func<HttpContext, Task<bool>> Meddle { get; set; } = _ => Task.FromResult(false);

    public ScriptedServer Server { get; private set; } = null!;

    public ClientHome Home => new(folder["home"]);

    public static async Task<FakeFederation> StartAsync(params string[] partners)
    {
        var federation = new FakeFederation();
        federation.Partners.Add(federation.Asker);
        federation.Partners.AddRange(partners.Select(name => new Partner(name)));
        federation.Server = await ScriptedServer.StartAsync(federation.Script);
        federation.SetUpHome();
        return federation;
    }

    /// <summary>The collaboration as an honest Coordinator shows it.</summary>
    public Collaboration Shown => new(Collaboration, "c", [.. Partners.Select(AsMember)], Partner.Now, null, Devices);

    /// <summary>The asker's, as the Coordinator tells them.</summary>
    public List<Device> Devices { get; } = [];

    /// <summary>With keys that a partner certified for somebody, by default the asker's own for the asker; lists it among the asker's.</summary>
    public (Device Device, EncryptionKey Key) AddDevice(Partner? by = null, UserId? whose = null, DateTimeOffset? notAfter = null)
    {
        var (partner, user, signing, encryption) = (by ?? Asker, whose ?? Asker.User, SigningKey.Create(), EncryptionKey.Create());
        var device = new Device(signing.KeyId, "laptop",
            partner.Certify(signing, Identity.Of(partner.Id, user, CertificatePurpose.Signing), notAfter).Der.ToArray(),
            partner.Certify(encryption, Identity.Of(partner.Id, user, CertificatePurpose.Encryption), notAfter).Der.ToArray(), Partner.Now);
        Devices.Add(device);
        return (device, encryption);
    }

    public VantageClient Client(Func<VantageClientOptions, VantageClientOptions>? change = null)
    {
        var options = new VantageClientOptions
        {
            Url = Server.Url, Token = "vtg_test", Time = Clock,
            GiveUpAfter = TimeSpan.FromMinutes(1)
        };
        clients.Add(new VantageClient(change?.Invoke(options) ?? options, Home));
        return clients[^1];
    }

    public async ValueTask DisposeAsync()
    {
        clients.ForEach(client => client.Dispose());
        await Server.DisposeAsync();
        folder.Dispose();
    }

    private void SetUpHome()
    {
        Home.WriteProfile(new Profile
        {
            Url = Server.Url, Token = "vtg_test", User = Asker.User, Name = "Ada", Organization = Asker.Id,
        });
        Home.InstallRoot(Asker.Root);
        Home.WriteUserKeys(Asker.UserKey, Asker.UserEncryptionKey);
        Home.WriteUserCertificates(Asker.UserSigning, Asker.UserEncryption);
        Home.InstallPins(Pins.Sign(new PinStatement
        {
            V = 1, Issuer = Asker.Id, Serial = 1, IssuedAt = Partner.Now,
            Roots = [.. Partners.Select(p => new PinnedRootEntry(p.Id, p.Root.Name, p.Root.Der.ToArray()))],
        }, Asker.RootKey, Asker.Root), Partner.Now);
        Home.InstallCatalogue(Catalogue.Sign(new CatalogueStatement
        {
            V = 1, Issuer = Asker.Id, Serial = 1, IssuedAt = Partner.Now,
            Algorithms = [new CatalogueAlgorithm("summary", "1.0.0", Algorithm, "Summary", ["partial", "central"])],
        }, Asker.RootKey, CertificateChain.Of(Asker.Root)), Partner.Now);
    }

    private void Script(WebApplication app)
    {
        app.Use(async (context, next) =>
        {
            if (!await Meddle(context))
            {
                await next(context);
            }
        });
        app.MapGet(Routes.Collaborations + "/{id}", context => context.Response.WriteAsJsonAsync(
            Shown, ProtocolJson.Default.Collaboration));
        app.MapPut(Routes.Tasks + "/{id}", TakeAsync);
        app.MapGet(Routes.Revocations, context => context.Response.WriteAsJsonAsync(
            new Page<RevocationList>([], null), ProtocolJson.Default.PageRevocationList));
        app.MapGet(Routes.Tasks + "/{id}", context =>
            context.Response.WriteAsJsonAsync(Brought(View(IdOf<TaskId>(context)), context), ProtocolJson.Default.TaskView));
        app.MapPost(Routes.Tasks + "/{id}/cancel", context =>
        {
            foreach (var run in Runs.Values.Where(r => r.End is null))
            {
                run.Cancel();
            }

            return context.Response.WriteAsJsonAsync(View(IdOf<TaskId>(context)), ProtocolJson.Default.TaskView);
        });
        app.MapGet(Routes.Runs + "/{id}/evidence", context =>
        {
            var run = Runs[IdOf<RunId>(context)];
            return context.Response.WriteAsJsonAsync(new RunEvidence(run.Id, run.ManifestJws, run.End?.Receipt),
                ProtocolJson.Default.RunEvidence);
        });
        app.MapGet(Routes.Runs + "/{id}/payloads/{kind}", context =>
            FakePayloads.SendAsync(context,
                Runs[IdOf<RunId>(context)].End!.Envelopes[(string)context.Request.RouteValues["kind"]!]));
        app.MapPut(Routes.Uploads + "/{id}", context => FakePayloads.StartAsync(context, this));
        app.MapPut(Routes.Uploads + "/{id}/parts/{n}", context => FakePayloads.PutAsync(context, this));
        app.MapGet(Routes.Events, async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });
    }

    private async Task TakeAsync(HttpContext context)
    {
        var body = (await context.Request.ReadFromJsonAsync(ProtocolJson.Default.SubmitTask))!;
        var manifest = SignedDocument.Verify(body.Manifest, TaskManifest.JwsType, SignedJson.Default.TaskManifest,
            Asker.Trust, Partner.Now).Value;
        if (Submitted.TryGetValue(manifest.Task, out var earlier) && earlier.Manifest != body.Manifest)
        {
            context.Response.StatusCode = 409;
            await context.Response.WriteAsJsonAsync(new Problem(Problem.TypeOf(ErrorCodes.ManifestConflict), "Conflict",
                409,
                ErrorCodes.ManifestConflict, "Another manifest."), ProtocolJson.Default.Problem, Problem.MediaType);
            return;
        }

        if (Submitted.TryAdd(manifest.Task, body))
        {
            foreach (var input in body.Inputs)
            {
                Blobs[input.Digest] = input.Bytes;
            }

            foreach (var target in manifest.Targets)
            {
                var run = Runs[target.Run] = new FakeRun(manifest, body.Manifest, target, Partners.Single(p =>
                    p.Id == target.Organization), Blobs);
                run.End = Answer(run.Site, run);
            }
        }

        await context.Response.WriteAsJsonAsync(View(manifest.Task), ProtocolJson.Default.TaskView);
    }

    public TaskView View(TaskId id)
    {
        var runs = Runs.Values.Where(r => r.Manifest.Task == id).ToList();
        var manifest = runs[0].Manifest;
        var outcome = TaskLifecycle.Fold([.. runs.Select(r =>
            new RunState(r.End is null ? RunPhase.Queued : RunPhase.Ended, 1, manifest.NotAfter, r.End?.Outcome))]);
        return new TaskView(id, manifest.Job, manifest.Collaboration, null, manifest.Type, manifest.Algorithm,
            manifest.Function, Asker.Id,
            Asker.User, Partner.Now, manifest.NotAfter, outcome, null, [.. runs.Select(r => r.View())]);
    }

    private TaskView Brought(TaskView view, HttpContext context) =>
        Bring is not null && view.Outcome is not null && context.Request.Query["answers"] == "true"
            ? view with { Answers = new TaskAnswers(Submitted[view.Id].Manifest, [.. view.Runs.Select(run => Bring(Runs[run.Id]))]) }
            : view;

    private static Member AsMember(Partner p) => new(p.Id, p.Root.Name, null,
        [new MemberNode(p.Node, "node", true, p.NodeSigning.Der.ToArray(), p.NodeEncryption.Der.ToArray())]);

    private static T IdOf<T>(HttpContext context)
        where T : struct, IId<T> => Id.Parse<T>((string)context.Request.RouteValues["id"]!);
}
