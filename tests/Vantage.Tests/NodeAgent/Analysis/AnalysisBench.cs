using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Vantage.NodeAgent.Data;
using Vantage.NodeAgent.Data.Csv;
using Vantage.NodeAgent.Data.Sessions;
using Vantage.NodeAgent.Data.Sessions.Keeping;
using Vantage.NodeAgent.Disclosure.Memory;
using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Images;
using Vantage.NodeAgent.Policy;
using Vantage.NodeAgent.Runs;
using Vantage.NodeAgent.Runs.Storage;
using Vantage.NodeAgent.Runtimes;
using Vantage.NodeAgent.Runtimes.Catalogue;
using Vantage.NodeAgent.Runtimes.Processes;
using Vantage.NodeAgent.Runtimes.Warm;
using Vantage.NodeAgent.Subtasks;
using Vantage.NodeAgent.TaskTypes.Analysis;
using Vantage.NodeAgent.TaskTypes.Analysis.Dictionaries;
using Vantage.NodeAgent.TaskTypes.Analysis.Sessions;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;
using Vantage.Protocol.Manifests;
using Vantage.Tests.NodeAgent.Doubles;
using Vantage.Tests.Worker;

namespace Vantage.Tests.NodeAgent.Analysis;

/// <summary>A node's executor with its real parts: policy file, CSV source, real worker, real Gateway.</summary>
internal sealed class AnalysisBench : IRunProgress, IAsyncDisposable
{
    /// <summary>One for all benches, as a node has one for all its runs: the worker is asked once, and again if its files change.</summary>
    private static readonly WorkerCatalogue Catalogue = new(WorkerProcess.Testing);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vtg-analysis-");
    private readonly TaskCompletionSource firstPercent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim news = new(0);
    private readonly OrganizationId organization = OrganizationId.New(TimeProvider.System);
    private readonly CollaborationId collaboration = CollaborationId.New(TimeProvider.System);
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, AlgorithmRef> Found = new();
    private readonly PolicyGate gate;
    private readonly AnalysisExecutor executor;

    /// <param name="containers">Where images run; nowhere by default.</param>
    /// <param name="registry">A registry on this machine.</param>
    public AnalysisBench(IRuntime? containers = null, string? registry = null, WarmBounds? warm = null, Func<SourceSettings, SourceSettings>? mapped = null)
    {
        SourceSettings source = new CsvSourceSettings { Id = "patients", Path = DataPath };
        Shelf = new FrameShelf(NodeHome.At(folder.FullName), Clock);
        gate = new PolicyGate(new PolicyBook(PolicyPath, NullLogger<PolicyBook>.Instance), frames: Shelf);
        var book = SourceBook.Of([mapped is null ? source : mapped(source)], "North");
        Memory = AnswerMemory.Open(LocalVolume.Instance, NodeHome.At(folder.FullName).AnswerMemory, Clock);
        var settings = new AnalysisSettings("North");
        var preparation = new DataPreparation(book, Shelf, settings, Memory);
        var runtimes = new RuntimeChoice([new ProcessRuntime(WorkerProcess.Testing, TimeProvider.System), .. containers is null ? [] : new[] { containers }]);
        Pool = new WarmPool(warm ?? WarmBounds.Default, folder.FullName, TimeProvider.System, NullLogger<WarmPool>.Instance);
        var start = new WarmStart(preparation, new KnownContents(book, TimeProvider.System), runtimes, Pool, settings);
        // No task here delegates, so nothing asks for the subtasks' means.
        executor = new AnalysisExecutor(new AnalysisPermission(Catalogue, Images(registry), gate), preparation,
            new SubtaskDesk.Means(null!, null!, null!, TimeProvider.System), runtimes,
            new WarmAnalysis(start, runtimes, settings, TimeProvider.System), settings, TimeProvider.System, NullLogger<AnalysisExecutor>.Instance,
            new SessionWork(preparation, Shelf, new FrameMaker(Shelf), Clock), new DictionaryWork(book, settings, Clock));
        WritePolicy();
        WriteRows(25);
    }

    public WarmPool Pool { get; }

    /// <summary>Of answers that left.</summary>
    public AnswerMemory Memory { get; }

    /// <summary>The frames that are kept.</summary>
    public FrameShelf Shelf { get; }

    /// <summary>By which frames age.</summary>
    public VirtualClock Clock { get; } = new(TimeProvider.System.GetUtcNow());

    public string? Session { get; set; }

    /// <summary>The data of tasks.</summary>
    public IReadOnlyList<DataRef>? Data { get; set; }

    /// <summary>Whose person asks: the first organization, if not the other one, which the policy lets in as well.</summary>
    public bool AsksTheOther { get; set; }

    private OrganizationId Other { get; } = OrganizationId.New(TimeProvider.System);

    public string DataPath => Path.Combine(folder.FullName, "patients.csv");

    public string WorkDirectory => Path.Combine(folder.FullName, "work");

    /// <summary>Of all runs of the bench.</summary>
    public JobId Job { get; set; } = JobId.New(TimeProvider.System);

    public UserId User { get; set; } = UserId.New(TimeProvider.System);

    public List<RunPhase> Phases { get; } = [];

    public List<int> Percents { get; } = [];

    public Task FirstPercent => firstPercent.Task.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);

    /// <summary>A run has reported progress since there were so many reports.</summary>
    public async Task PercentAfter(int before)
    {
        while (Percents.Count <= before)
        {
            await news.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        }
    }

    public ResourceRequest Resources { get; init; } = new();

    public Digest? Pinned { get; init; }

    private string PolicyPath => Path.Combine(folder.FullName, "policy.yaml");

    /// <summary>The columns age (1…n) and name (secret).</summary>
    public void WriteRows(int rows) => File.WriteAllText(
        DataPath, "age,name\n" + string.Concat(Enumerable.Range(1, rows).Select(i => $"{i},secret{i}\n")), new UTF8Encoding(false));

    public void WritePolicy(string lines = "", string? data = null, bool consents = true, string runtime = "docker: allow",
        string head = "", string algorithm = "builtin:none@*") => File.WriteAllText(PolicyPath, $$"""
        version: 1
        runtime: { {{(consents ? $"process: '{NodePolicy.ProcessConsent}', " : "")}}{{runtime}} }
        {{head}}
        accept:
          - name: tests
            collaborations: [{{collaboration}}]
            requesters: { organizations: [{{organization}}, {{Other}}] }
            algorithms: ["{{algorithm}}", "builtin:summary@*", "builtin:testing@*", "builtin:sessions@*", "builtin:linear@*", "oci:registry.example/a@sha256:{{new string('0', 64)}}"]
            functions: ["*"]
            data: [{{data ?? "{ source: patients }"}}]
            recipients: { organizations: [{{organization}}] }
            {{(lines.Contains("disclosure:", StringComparison.Ordinal) ? "" : "disclosure: off")}}
            {{lines}}
        """);

    /// <summary>The reference of an algorithm that the worker has.</summary>
    public async Task<AlgorithmRef> FindAsync(string name) => Found.GetValueOrDefault(name) ?? await AskAsync(name);

    private static async Task<AlgorithmRef> AskAsync(string name)
    {
        using var worker = WorkerProcess.Start(WorkerProcess.Testing, "catalogue");
        foreach (var listed in (await worker.EndAsync()).Output.Split('\n').Where(l => l.StartsWith("builtin:", StringComparison.Ordinal)))
        {
            var held = AlgorithmRef.Parse(listed.Trim());
            Found[held.Name] = held;
        }

        return Found[name];
    }

    public async Task<RunEnd> RunAsync(string algorithm, string function, string arguments) =>
        await RunAsync(await FindAsync(algorithm), function, arguments, new CancellationTokenSource());

    /// <summary>Until it is told to stop.</summary>
    public Task<RunEnd> RunAsync(AlgorithmRef algorithm, string function, string arguments, CancellationTokenSource stop)
    {
        Directory.CreateDirectory(WorkDirectory);
        var manifest = Manifest(algorithm, function);
        var requester = new Requester(AsksTheOther ? Other : organization, User);
        return executor.ExecuteAsync(new RunOrder
        {
            Manifest = manifest,
            ManifestDigest = Digest.OfText("manifest"),
            Signed = "manifest",
            Target = manifest.Targets[0],
            Epoch = 1,
            Requester = requester,
            Permission = new PolicyDecision.Allowed("earlier", "earlier"),
            Arguments = Encoding.UTF8.GetBytes(arguments),
            WorkDirectory = WorkDirectory,
        }, this, stop.Token);
    }

    /// <summary>What the run was given to read.</summary>
    public string Snapshot => File.ReadAllText(Path.Combine(WorkDirectory, "data", "table.csv"));

    public void Phase(RunPhase phase) => Phases.Add(phase);

    public void Percent(int percent)
    {
        Percents.Add(percent);
        firstPercent.TrySetResult();
        news.Release();
    }

    public void Waiting(WaitingReason reason)
    {
    }

    /// <summary>Stops the workers that stand ready, too.</summary>
    public async ValueTask DisposeAsync()
    {
        await Pool.StopAsync(CancellationToken.None);
        Memory.Dispose();
        news.Dispose();
        folder.Delete(recursive: true);
    }

    /// <summary>The policy here names no publisher, so no registry is ever asked.</summary>
    private ImageBook Images(string? registry) => new(
        new RegistryBook(registry is null ? [] : [new RegistrySettings(registry) { Insecure = true }], null), new RevocationBoard(NodeHome.At(folder.FullName), TimeProvider.System),
        new KnownImages(), new SidecarSerials(NodeHome.At(folder.FullName)), null, TimeProvider.System, NullLogger<ImageBook>.Instance);

    private TaskManifest Manifest(AlgorithmRef algorithm, string function) => new()
    {
        V = 1,
        Task = TaskId.New(TimeProvider.System),
        Job = Job,
        Collaboration = collaboration,
        Type = TaskType.Analysis,
        Algorithm = algorithm,
        Function = function,
        Targets =
        [
            new()
            {
                Organization = organization,
                Run = RunId.New(TimeProvider.System),
                Node = NodeId.New(TimeProvider.System),
                EncryptionKey = KeyId.FromBytes(new byte[32]),
                Input = new(Digest.OfText(""), 1),
            },
        ],
        Session = Session,
        Data = Data ?? [new() { Label = "table", Kind = DataKind.Source, Id = "patients", Digest = Pinned }],
        Resources = Resources,
        Recipients = [new() { Organization = organization, Principal = "usr", Key = KeyId.FromBytes(new byte[32]), Certificate = [] }],
        LostNode = LostNodePolicy.Wait,
        NotBefore = TimeProvider.System.GetUtcNow().AddMinutes(-1),
        NotAfter = TimeProvider.System.GetUtcNow().AddHours(1),
        Nonce = new string('A', 22),
    };
}
