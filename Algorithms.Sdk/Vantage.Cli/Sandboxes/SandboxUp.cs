using System.Diagnostics;
using System.Globalization;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Federations;
using Vantage.Cli.Programs;
using Vantage.Cli.Sandboxes.Data;
using Vantage.Cli.Sandboxes.Images;
using Vantage.Client.Errors;
using Vantage.Protocol.Json;

namespace Vantage.Cli.Sandboxes;

/// <summary>Makes a sandbox: all of it, or, when something fails on the way, none.</summary>
internal sealed class SandboxUp(Invocation call, SandboxHome home, IReadOnlyList<SiteData> sites, int port, CancellationToken stop)
{
    private const string Collaboration = "Sandbox";
    private readonly Lock guard = new();
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private SandboxState state = null!;
    private SandboxArchive? images;

    /// <summary>Of the nodes: acro, datashield or off.</summary>
    public required string Disclosure { get; init; }

    /// <summary>Where algorithms run; null for ordinary processes.</summary>
    public SandboxEngine? Engine { get; init; }

    /// <summary>Images that the person brings; only where there is an engine.</summary>
    public IReadOnlyList<OwnImage> Own { get; init; } = [];

    public async Task<(SandboxState State, double Seconds)> MakeAsync()
    {
        var madeHome = !Directory.Exists(home.Profiles.Directory);
        using var only = home.Lock();
        RequireRoom();
        try
        {
            Begin(madeHome);
        }
        catch
        {
            home.Clear(madeHome);
            throw;
        }

        try
        {
            await BuildAsync();
            return (state, Math.Round(clock.Elapsed.TotalSeconds, 2));
        }
        catch (Exception e)
        {
            call.Output.Say(e is OperationCanceledException ? "interrupted; taking back what was made …" : "that failed; taking back what was made …");
            await SandboxEnd.EndAsync(home, state);
            throw;
        }
    }

    private void RequireRoom()
    {
        if (home.Read() is { } there)
        {
            throw new VantageException(SandboxCommands.Exists, there.Ready
                ? $"There is a sandbox already, over {string.Join(", ", there.Sites.Select(s => s.Site))}."
                : "There is what is left of a sandbox whose start was broken off.",
                "Take it away first: vantage sandbox down (or use another home: --home DIR).");
        }

        if (home.Profiles.Has(SandboxHome.Profile))
        {
            home.Clear(madeHome: false);
            throw new VantageException(SandboxCommands.Exists,
                $"The home {home.Profiles.Directory} has a profile '{SandboxHome.Profile}' that no sandbox made.",
                $"If it is not needed: vantage profile remove {SandboxHome.Profile}");
        }
    }

    private void Begin(bool madeHome)
    {
        var folder = SandboxFolder.Make(home.Folder);
        state = new SandboxState
        {
            V = SandboxState.CurrentVersion,
            Maker = ProcessMark.Mine,
            Began = call.Console.Time.GetUtcNow(),
            Folder = folder,
            PreviousProfile = home.Profiles.Current,
            MadeHome = madeHome,
            Disclosure = Disclosure,
            Engine = Engine,
            Sites = [.. sites.Select((site, i) => new SandboxSite(site.Site, site.Path, Path.Combine(folder, "nodes", $"{i + 1}")))],
        };
        home.Write(state);
    }

    private async Task BuildAsync()
    {
        var stage = Stage.In(state.Folder, Remember);
        stage.Keep = true;
        var researcher = home.Profiles.Home(SandboxHome.Profile);
        var cast = Cast.Gather(stage, (Environment.UserName, researcher.Directory), sites.Select((site, i) => (site.Site, $"{i + 1}")), stop);
        using var federation = new LocalFederation(stage, cast, Collaboration, stop);
        await federation.StartCoordinatorAsync(port);
        Step($"the Coordinator runs on {federation.Url} with a PostgreSQL of its own");
        await federation.FoundAsync();
        await PackAsync(federation);
        await federation.PinAsync();
        await federation.CertifyResearcherAsync();
        Step($"{Count(sites.Count, "organization")} with keys, pinned by each other; yours are certified");
        await federation.StartNodesAsync(partner => FurnishAsync(federation, partner));
        Step($"{Count(sites.Count, "node")} running, each beside its file");
        researcher.WriteProfile(researcher.ReadProfile() with
        {
            Collaboration = federation.Collaboration, Data = [SandboxPolicy.DataId], Disclosure = Disclosure,
        });
        home.Profiles.Use(SandboxHome.Profile);
        Update(s => s with { Ready = true, Url = new Uri(federation.Url), Collaboration = federation.Collaboration });
    }

    /// <summary>What the nodes' worker holds becomes images; the researcher's organization vouches for these by the same names.</summary>
    private async Task PackAsync(LocalFederation federation)
    {
        if (Engine is null)
        {
            return;
        }

        var made = new SandboxArchive(Path.Combine(state.Folder, "images"), call.Console.Time);
        await made.MakeAsync(ProgramFinder.Worker.Find(), Own, stop);
        await federation.Home.Admin.TypeAsync("keys", "catalogue", "--from", made.Catalogue, "--passphrase-file", federation.Home.PassphraseFile);
        images = made;
        Update(s => s with { Engine = Engine with { Images = made.Brought } });
        Step($"{Count(made.Algorithms.Count - Own.Count, "algorithm")} packed as signed images, of this machine's own worker");
        foreach (var (name, functions) in Own.Select(image => (image.Algorithm.Name, image.Algorithm.Functions)))
        {
            Step($"'{name}' signed as an image of your own: {string.Join(", ", functions.Select(function => $"{function.Name} ({function.Kind.ToExactName()})"))}");
        }
    }

    private async Task<NodeFiles> FurnishAsync(LocalFederation federation, Partner partner)
    {
        var source = SourceYaml.Of(SandboxPolicy.DataId, sites.Single(site => site.Site == partner.Name));
        if (images is not null)
        {
            return new NodeFiles($"docker: {{ socket: '{Engine!.Socket}' }}\n{source}",
                SandboxPolicy.Containers(federation, Disclosure, images), images.File);
        }

        var worker = ProgramFinder.Worker.Find();
        var held = await WorkerCatalogue.ReadAsync(worker, stop);
        return new NodeFiles(ProgramFinder.Worker.IsSet ? $"worker: {worker}\n{source}" : source,
            SandboxPolicy.Policy(federation, Disclosure, held.Algorithms.Select(a => a.Manifest.Name).Distinct()));
    }

    private void Remember(string role, StagedProgram program) => Update(s => s with
    {
        // One that ended already has nothing to be ended.
        Programs = ProcessMark.Of(program.Id) is { } mark
            ? [.. s.Programs, new(role, s.Sites.FirstOrDefault(site => role == $"node-{Path.GetFileName(site.NodeFolder)}")?.Site, mark)]
            : s.Programs,
    });

    private void Update(Func<SandboxState, SandboxState> change)
    {
        lock (guard)
        {
            state = change(state);
            home.Write(state);
        }
    }

    private void Step(string what) =>
        call.Output.Say($"{clock.Elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture),5} s  {what}");

    private static string Count(int count, string thing) => count == 1 ? $"1 {thing}" : $"{count} {thing}s";
}
