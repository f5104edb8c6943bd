using System.Globalization;
using System.Text.Json;
using Federation.Tests.Processes;

namespace Federation.Tests.Worlds;

/// <summary>
/// A whole federation of real processes, set up by the commands that people type (carried out in this process): a Coordinator, its admin, partners with
/// a node each, a researcher of the first.
/// </summary>
internal sealed class World : IAsyncDisposable
{
    public const string Collaboration = "study";
    private readonly WorldOptions options;
    private readonly CancellationToken stop;
    private readonly List<Site> sites = [];
    private readonly List<Site> spares = [];
    private Uri nodeUrl = null!;
    private Uri researcherUrl = null!;

    private World(WorldOptions options, CancellationToken stop)
    {
        (this.options, this.stop) = (options, stop);
        File.SetUnixFileMode(Folder.Path, (UnixFileMode)Convert.ToInt32("711", 8));
        Admin = Person("admin");
        Researcher = Person("researcher");
    }

    public TemporaryFolder Folder { get; } = new("world");

    public ChildProcess Coordinator { get; private set; } = null!;

    public Uri Url { get; private set; } = null!;

    public VantageCommand Admin { get; }

    public VantageCommand Researcher { get; }

    public IReadOnlyList<Site> Sites => sites;

    public Site Site => sites[0];

    public string CoordinatorData => Folder.Sub("coordinator");

    public static async Task<World> StartAsync(WorldOptions options, CancellationToken stop)
    {
        var world = new World(options, stop);
        try
        {
            await world.ChooseAddressesAsync();
            await world.StartCoordinatorAsync();
            await world.FoundAsync();
            await world.HireAsync(world.Researcher, world.Site, "researcher", "researcher");
            foreach (var site in world.sites)
            {
                await world.SetUpNodeAsync(site);
                if (options.StartNodes)
                {
                    await world.StartNodeAsync(site);
                }
            }

            return world;
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it, or starts it again at the same address.</summary>
    public Task StartCoordinatorAsync() => ReadyAsync(LaunchCoordinator());

    /// <summary>As starting it, without waiting until it is ready: with a failpoint it may never be.</summary>
    /// <param name="failpoint">As in <c>VANTAGE_FAILPOINT</c>.</param>
    public ChildProcess LaunchCoordinator(string? failpoint = null) => Coordinator = ChildProcess.Start(Programs.Coordinator,
        ["run", "--data", CoordinatorData, "--urls", Url.ToString(), "--public-url", nodeUrl.ToString(), "--tasks", ShortLeases(),
            "--payloads", Folder.Write("payloads.json", options.Payloads), "--json"],
        environment: Armed(failpoint));

    public Task StartNodeAsync(Site site) => ReadyAsync(LaunchNode(site));

    public ChildProcess LaunchNode(Site site, string? failpoint = null) => site.Process =
        ChildProcess.Start(Programs.NodeAgent, ["run", "--dir", site.NodeFolder, "--json"], environment: Armed(failpoint));

    /// <summary>Waits until the Coordinator serves, or the node is linked.</summary>
    public async Task<JsonElement> ReadyAsync(ChildProcess process) =>
        JsonDocument.Parse(await process.LineAsync(line => line.StartsWith("{\"event\":\"ready\"", StringComparison.Ordinal), stop)).RootElement;

    /// <summary>The process of the Coordinator's own PostgreSQL, if one runs or did until it was killed.</summary>
    public int? Postmaster()
    {
        var file = Path.Combine(CoordinatorData, "database", "cluster", "postmaster.pid");
        return File.Exists(file) && int.TryParse(File.ReadLines(file).FirstOrDefault(), CultureInfo.InvariantCulture, out var id) ? id : null;
    }

    /// <summary>A further node of a site's organization, set up and started.</summary>
    public async Task<Site> AddNodeAsync(Site beside, string name, bool withPins = true)
    {
        var added = Beside(beside, name);
        spares.Add(added);
        await SetUpNodeAsync(added, withPins);
        await StartNodeAsync(added);
        return added;
    }

    public Task<JsonElement> AskAsync(string algorithm, string arguments, params string[] more) =>
        Researcher.AskAsync(["task", "run", "--algorithm", algorithm, "--collaboration", Collaboration, "--data", "patients",
            "--args", arguments, "--wait", .. more]);

    public async ValueTask DisposeAsync()
    {
        foreach (var site in sites.Concat(spares).Where(site => site.Process is not null))
        {
            await site.Process!.DisposeAsync();
        }

        if (Coordinator is not null)
        {
            // In order, so that its PostgreSQL goes too.
            await Coordinator.StopAsync(CancellationToken.None);
            await Coordinator.DisposeAsync();
        }

        Folder.Dispose();
    }

    /// <summary>So that tests see a lost node in seconds.</summary>
    private string ShortLeases() => Folder.Write("tasks.json", """{ "lease": "00:00:06", "heartbeat": "00:00:01", "reconcile": "00:00:05" }""");

    private async Task ChooseAddressesAsync()
    {
        var port = FreePort.Next();
        Url = new Uri($"http://127.0.0.1:{port}/");
        nodeUrl = options.NodeUrl is { } forNodes ? await forNodes(port) : Url;
        researcherUrl = options.ResearcherUrl is { } forResearcher ? await forResearcher(port) : Url;
    }

    private async Task FoundAsync()
    {
        await Admin.TypeAsync("login", "--url", Url.ToString(), "--token-file", Path.Combine(CoordinatorData, "admin.token"));
        foreach (var name in options.Sites)
        {
            sites.Add(await PartnerAsync(name));
        }

        await Admin.TypeAsync(["collaboration", "create", Collaboration, .. sites.SelectMany(site => new[] { "--organization", site.Organization })]);
        foreach (var site in sites)
        {
            foreach (var partner in sites.Where(other => other != site))
            {
                await site.Admin.TypeAsync("keys", "pin", partner.Organization, "--fingerprint", partner.Fingerprint, "--passphrase-file", site.Passphrase);
            }
        }
    }

    /// <summary>A further organization, of which there are an admin and a root.</summary>
    public async Task<Site> AddPartnerAsync(string name)
    {
        var added = await PartnerAsync(name);
        spares.Add(added);
        return added;
    }

    /// <summary>A researcher of a further organization.</summary>
    public Task<VantageCommand> AddResearcherAsync(Site of) => HireAsync(of, $"researcher-{of.Name}", "researcher");

    /// <summary>Somebody more at a site, with certified keys.</summary>
    public async Task<VantageCommand> HireAsync(Site site, string name, string role)
    {
        var person = Person(name);
        await HireAsync(person, site, name, role);
        return person;
    }

    private async Task<Site> PartnerAsync(string name)
    {
        var organization = await Admin.TypeAsync("org", "create", name);
        var admin = Person(name);
        await AccountAsync(admin, name, organization, "organization-admin");
        var passphrase = Folder.Write($"{name}.passphrase", $"the passphrase of {name}");
        File.SetUnixFileMode(passphrase, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var fingerprint = await admin.TypeAsync("keys", "init", "--passphrase-file", passphrase);
        return new Site(name, admin, Folder.Sub($"node-{name}"), passphrase) { Organization = organization, Fingerprint = fingerprint };
    }

    private async Task HireAsync(VantageCommand person, Site site, string name, string role)
    {
        await AccountAsync(person, name, site.Organization, role);
        var request = Folder.Sub($"{name}.request.json");
        var fingerprint = await person.TypeAsync("keys", "request", "--out", request);
        await site.Admin.TypeAsync("keys", "certify", "--user", await person.TypeAsync("user", "show"), "--request", request,
            "--fingerprint", fingerprint, "--passphrase-file", site.Passphrase);
        await person.TypeAsync(["keys", "install", site.Pins, .. Catalogue(site), "--fingerprint", site.Fingerprint]);
    }

    private static string[] Catalogue(Site site) =>
        Path.Combine(site.Admin.Home, "catalogue.jws") is var file && File.Exists(file) ? [file] : [];

    /// <summary>A further node of a site's organization, of which there is only the name so far.</summary>
    public Site Beside(Site site, string name) => new(name, site.Admin, Folder.Sub($"node-{name}"), site.Passphrase)
    {
        Organization = site.Organization,
        Fingerprint = site.Fingerprint,
    };

    public async Task InviteAsync(Site site) =>
        site.Node = await site.Admin.TypeAsync("node", "invite", $"{site.Name} node", "--code-file", CodeOf(site));

    /// <summary>Runs the setup of a node that was invited.</summary>
    public ChildProcess LaunchSetup(Site site, string? failpoint = null) => ChildProcess.Start(Programs.NodeAgent,
        ["setup", "--url", nodeUrl.ToString(), "--code-file", CodeOf(site), "--dir", site.NodeFolder,
            "--root", Path.Combine(site.Admin.Home, "keys", "root.crt"), "--json", .. options.SetupOptions], environment: Armed(failpoint));

    /// <summary>Certifies the keys that a finished setup told of.</summary>
    public Task CertifyAsync(Site site, ChildProcess setup) => site.Admin.TypeAsync("keys", "certify", "--node", site.Node,
        "--fingerprint", JsonDocument.Parse(setup.StandardOutput).RootElement.GetProperty("fingerprint").GetString()!,
        "--passphrase-file", site.Passphrase);

    private string CodeOf(Site site) => Folder.Sub($"{site.Name}.code");

    public async Task SetUpNodeAsync(Site site, bool withPins = true)
    {
        await InviteAsync(site);
        await using var setup = LaunchSetup(site);
        Assert.True(await setup.ExitAsync(stop) == 0, setup.Output);
        await CertifyAsync(site, setup);
        if (withPins)
        {
            File.Copy(site.Pins, Path.Combine(site.NodeFolder, "pins.jws"));
        }

        await File.WriteAllTextAsync(Path.Combine(site.NodeFolder, "patients.csv"), options.Rows(site.Name), stop);
        await File.AppendAllTextAsync(site.NodeYaml, $"""

            {(options.TestWorker ? $"worker: {Programs.TestWorker}" : "")}
            {options.NodeYaml}
            sources:
              - id: patients
                path: patients.csv

            """, stop);
        await File.WriteAllTextAsync(site.Policy, WorldPolicy.Of(options.AskerRule ?? sites[0].Organization, await CollaborationIdAsync(),
            sites.FirstOrDefault(s => s.Name == options.CentralSite)?.Organization, options.Rule), stop);
    }

    private async Task AccountAsync(VantageCommand person, string name, string organization, string role)
    {
        var token = Folder.Sub($"{name}.token");
        await Admin.TypeAsync("user", "create", name, "--organization", organization, "--role", role, "--token-file", token);
        await person.TypeAsync("login", "--url", (person == Researcher ? researcherUrl : Url).ToString(), "--token-file", token);
    }

    private Task<string> CollaborationIdAsync() => Admin.TypeAsync("collaboration", "show", Collaboration);

    private VantageCommand Person(string name) =>
        new(Folder.Sub($"home-{name}"), stop) { Worker = options.TestWorker ? Programs.TestWorker : null };

    private static Dictionary<string, string?> Armed(string? failpoint) => new() { ["VANTAGE_FAILPOINT"] = failpoint };
}
