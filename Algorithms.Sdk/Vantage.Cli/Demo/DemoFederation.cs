using System.Text.Json;
using Vantage.Cli.Programs;

namespace Vantage.Cli.Demo;

/// <summary>
/// Builds the federation step by step, each step done by the person whose step it is. docs/getting-started.md does the
/// same by hand.
/// </summary>
internal sealed class DemoFederation(DemoStage stage, DemoCast cast, CancellationToken stop)
{
    public const string Collaboration = "Breast cancer study";
    private string url = "";
    private string collaboration = "";
    private IReadOnlyList<Hospital> hospitals = cast.Hospitals;

    public IReadOnlyList<Hospital> Hospitals => hospitals;

    public async Task StartCoordinatorAsync()
    {
        var ready = await stage.Start(ProgramFinder.Coordinator.Find(),
            ["run", "--data", stage.Sub("coordinator"), "--urls", "http://127.0.0.1:0", "--json"]).ReadyAsync(stop);
        url = ready.GetProperty("url").GetString()!;
        await LoginAsync(cast.Admin, ready.GetProperty("adminTokenFile").GetString()!);
    }

    /// <summary>The Coordinator's admin opens accounts; each hospital's admin then makes the hospital's root key.</summary>
    public async Task FoundAsync()
    {
        hospitals = await EachAsync(async hospital =>
        {
            var organization = await cast.Admin.TypeAsync("org", "create", hospital.Name);
            await AccountAsync(hospital.Admin, organization, "organization-admin");
            var fingerprint = await hospital.Admin.TypeAsync("keys", "init", "--passphrase-file", hospital.PassphraseFile);
            return hospital with { Organization = organization, RootFingerprint = fingerprint };
        });
        collaboration = await cast.Admin.TypeAsync(["collaboration", "create", Collaboration,
            .. hospitals.SelectMany(hospital => new[] { "--organization", hospital.Organization })]);
        await AccountAsync(cast.Researcher, hospitals[0].Organization, "researcher");
    }

    /// <summary>Each admin pins the partners' roots; their fingerprints went from person to person, not by the Coordinator.</summary>
    public Task<IReadOnlyList<Hospital>> PinAsync() => EachAsync(async hospital =>
    {
        foreach (var partner in hospitals.Where(other => other != hospital))
        {
            await hospital.Admin.TypeAsync("keys", "pin", partner.Organization, "--fingerprint", partner.RootFingerprint,
                "--passphrase-file", hospital.PassphraseFile);
        }

        return hospital;
    });

    public async Task CertifyResearcherAsync()
    {
        var home = hospitals[0];
        var request = stage.Sub("researcher-request.json");
        var fingerprint = await cast.Researcher.TypeAsync("keys", "request", "--out", request);
        var user = await cast.Researcher.TypeAsync("user", "show");
        await home.Admin.TypeAsync("keys", "certify", "--user", user, "--request", request, "--fingerprint", fingerprint,
            "--passphrase-file", home.PassphraseFile);
        await cast.Researcher.TypeAsync("keys", "install", home.PinsFile, home.CatalogueFile, "--fingerprint", home.RootFingerprint);
    }

    /// <summary>Invite, set up, certify, say what may run, start: three nodes beside each other.</summary>
    public Task<IReadOnlyList<Hospital>> StartNodesAsync(DemoData data) => EachAsync(async hospital =>
    {
        var code = Path.Combine(hospital.Admin.Home, "enrolment.code");
        var node = await hospital.Admin.TypeAsync("node", "invite", hospital.NodeName, "--code-file", code);
        var done = await NodeAgent.SetUpAsync(url, code, hospital, stop);
        await hospital.Admin.TypeAsync("keys", "certify", "--node", node, "--fingerprint", done.GetProperty("fingerprint").GetString()!,
            "--passphrase-file", hospital.PassphraseFile);

        var rows = Path.Combine(hospital.NodeFolder, "patients.csv");
        data.WriteShare(rows, IndexOf(hospital), hospitals.Count);
        File.Copy(hospital.PinsFile, Path.Combine(hospital.NodeFolder, "pins.jws"));
        await File.AppendAllTextAsync(Path.Combine(hospital.NodeFolder, "node.yaml"), DemoPolicy.Sources(rows), stop);
        await File.WriteAllTextAsync(Path.Combine(hospital.NodeFolder, "policy.yaml"),
            DemoPolicy.Policy(collaboration, hospitals[0].Organization), stop);
        await stage.Start(ProgramFinder.NodeAgent.Find(), ["run", "--dir", hospital.NodeFolder, "--json"]).ReadyAsync(stop);
        return hospital;
    });

    public Task<JsonElement> AskAsync() => cast.Researcher.AskAsync("task", "run", "--algorithm", "summary",
        "--collaboration", collaboration, "--data", DemoData.Id, "--wait");

    private async Task AccountAsync(Person person, string organization, string role)
    {
        var token = stage.Sub($"token-{Path.GetFileName(person.Home)}");
        await cast.Admin.TypeAsync("user", "create", person.Name, "--organization", organization, "--role", role, "--token-file", token);
        await LoginAsync(person, token);
    }

    private Task<string> LoginAsync(Person person, string tokenFile) =>
        person.TypeAsync("login", "--url", url, "--token-file", tokenFile);

    private int IndexOf(Hospital hospital) => hospitals.Index().First(item => item.Item.Name == hospital.Name).Index;

    private async Task<IReadOnlyList<Hospital>> EachAsync(Func<Hospital, Task<Hospital>> step) =>
        await Task.WhenAll(hospitals.Select(hospital => Task.Run(() => step(hospital), stop)));
}
