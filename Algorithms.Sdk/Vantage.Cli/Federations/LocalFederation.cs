using System.Text.Json;
using Vantage.Cli.Programs;

namespace Vantage.Cli.Federations;

/// <summary>
/// Builds a federation on this machine step by step, each step done by the person whose step it is.
/// docs/getting-started.md does the same by hand.
/// </summary>
/// <param name="stage">Where everything lies.</param>
/// <param name="cast">Who takes part.</param>
/// <param name="collaborationName">What they agree on.</param>
/// <param name="stop">Ends it.</param>
internal sealed class LocalFederation(Stage stage, Cast cast, string collaborationName, CancellationToken stop) : IDisposable
{
    /// <summary>A step did not come to its end.</summary>
    public const string Failed = "federation-failed";

    /// <summary>Each site takes programs to start and keys to stretch: more at a time than processors would only wait.</summary>
    private readonly SemaphoreSlim turns = new(Math.Max(3, Environment.ProcessorCount + 1));

    public string Url { get; private set; } = "";

    public string Collaboration { get; private set; } = "";

    public IReadOnlyList<Partner> Partners { get; private set; } = cast.Partners;

    /// <summary>The researcher's organization.</summary>
    public Partner Home => Partners[0];

    public async Task StartCoordinatorAsync(int port = 0)
    {
        var ready = await stage.Start("coordinator", ProgramFinder.Coordinator.Find(),
            ["run", "--data", stage.Sub("coordinator"), "--urls", $"http://127.0.0.1:{port}", "--json"]).ReadyAsync(stop);
        Url = ready.GetProperty("url").GetString()!;
        await LoginAsync(cast.Admin, ready.GetProperty("adminTokenFile").GetString()!);
    }

    /// <summary>The Coordinator's admin opens accounts; each partner's admin then makes the partner's root key.</summary>
    public async Task FoundAsync()
    {
        Partners = await EachAsync(async partner =>
        {
            var organization = await cast.Admin.TypeAsync("org", "create", partner.Name);
            await AccountAsync(partner.Admin, organization, "organization-admin");
            var fingerprint = await partner.Admin.TypeAsync("keys", "init", "--passphrase-file", partner.PassphraseFile);
            return partner with { Organization = organization, RootFingerprint = fingerprint };
        });
        Collaboration = await cast.Admin.TypeAsync(["collaboration", "create", collaborationName,
            .. Partners.SelectMany(partner => new[] { "--organization", partner.Organization })]);
        // Who has a whole federation of their own asks questions in it, and says what its data mean.
        await AccountAsync(cast.Researcher, Home.Organization, "researcher", "data-steward");
    }

    /// <summary>Each admin pins the partners' roots; their fingerprints went from person to person, not by the Coordinator.</summary>
    public Task PinAsync() => EachAsync(async partner =>
    {
        if (Partners.Count > 1)
        {
            await partner.Admin.TypeAsync(["keys", "pin", .. Partners.Where(other => other != partner)
                .SelectMany(other => new[] { "--partner", $"{other.Organization}={other.RootFingerprint}" }),
                "--passphrase-file", partner.PassphraseFile]);
        }

        return partner;
    });

    public async Task CertifyResearcherAsync()
    {
        var request = stage.Sub("researcher-request.json");
        var fingerprint = await cast.Researcher.TypeAsync("keys", "request", "--out", request);
        var user = await cast.Researcher.TypeAsync("user", "show");
        await Home.Admin.TypeAsync("keys", "certify", "--user", user, "--request", request, "--fingerprint", fingerprint,
            "--passphrase-file", Home.PassphraseFile);
        await cast.Researcher.TypeAsync("keys", "install", Home.PinsFile, Home.CatalogueFile, "--fingerprint", Home.RootFingerprint);
    }

    /// <summary>Invite, set up, certify, say what may run, start: the nodes beside each other.</summary>
    /// <param name="furnish">Gives a partner's node its data and its policy.</param>
    public Task StartNodesAsync(Func<Partner, Task<NodeFiles>> furnish) => EachAsync(async partner =>
    {
        var code = Path.Combine(partner.Admin.Home, "enrolment.code");
        var node = await partner.Admin.TypeAsync("node", "invite", partner.NodeName, "--code-file", code);
        var done = await NodeSetup.RunAsync(Url, code, partner, stop);
        await partner.Admin.TypeAsync("keys", "certify", "--node", node, "--fingerprint", done.GetProperty("fingerprint").GetString()!,
            "--passphrase-file", partner.PassphraseFile);

        File.Copy(partner.PinsFile, Path.Combine(partner.NodeFolder, "pins.jws"));
        var files = await furnish(partner);
        await File.AppendAllTextAsync(Path.Combine(partner.NodeFolder, "node.yaml"), files.Sources, stop);
        await File.WriteAllTextAsync(Path.Combine(partner.NodeFolder, "policy.yaml"), files.Policy, stop);
        if (files.Images is { } archive)
        {
            await NodeSetup.RunAsync($"'vantage node image import' for {partner.Name}", ["image", "import", archive, "--dir", partner.NodeFolder, "--json"], stop);
        }

        await stage.Start($"node-{Path.GetFileName(partner.NodeFolder)}", ProgramFinder.NodeAgent.Find(),
            ["run", "--dir", partner.NodeFolder, "--json"]).ReadyAsync(stop);
        return partner;
    });

    public Task<JsonElement> AskAsync(string algorithm, string data, params IEnumerable<string> further) => cast.Researcher.AskAsync(
        ["task", "run", "--algorithm", algorithm, "--collaboration", Collaboration, "--data", data, "--wait", .. further]);

    public void Dispose() => turns.Dispose();

    private async Task AccountAsync(Person person, string organization, params string[] roles)
    {
        var token = stage.Sub($"token-{Path.GetFileName(person.Home)}");
        await cast.Admin.TypeAsync(["user", "create", person.Name, "--organization", organization, .. roles.SelectMany(role => new[] { "--role", role }), "--token-file", token]);
        await LoginAsync(person, token);
    }

    private Task<string> LoginAsync(Person person, string tokenFile) =>
        person.TypeAsync("login", "--url", Url, "--token-file", tokenFile);

    private async Task<IReadOnlyList<Partner>> EachAsync(Func<Partner, Task<Partner>> step) =>
        await Task.WhenAll(Partners.Select(partner => Task.Run(async () =>
        {
            await turns.WaitAsync(stop);
            try
            {
                return await step(partner);
            }
            finally
            {
                turns.Release();
            }
        }, stop)));
}

/// <param name="Sources">What is added to node.yaml.</param>
/// <param name="Policy">The whole of policy.yaml.</param>
/// <param name="Images">An archive of images that the node is to take in before it starts.</param>
internal sealed record NodeFiles(string Sources, string Policy, string? Images = null);
