using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Vantage.Benchmarks.Processes;
using Vantage.NodeAgent.Data;
using Vantage.NodeAgent.Data.Csv;
using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Images;
using Vantage.NodeAgent.Policy;
using Vantage.NodeAgent.Runs;
using Vantage.NodeAgent.Runs.Journal;
using Vantage.NodeAgent.Runs.Storage;
using Vantage.NodeAgent.Runs.Working;
using Vantage.NodeAgent.Runtimes;
using Vantage.NodeAgent.Runtimes.Catalogue;
using Vantage.NodeAgent.Runtimes.Docker;
using Vantage.NodeAgent.Runtimes.Docker.Network;
using Vantage.NodeAgent.Runtimes.Processes;
using Vantage.NodeAgent.Runtimes.Warm;
using Vantage.NodeAgent.Subtasks;
using Vantage.NodeAgent.TaskTypes.Analysis;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Images;
using Vantage.Protocol.Lifecycles;
using Vantage.Protocol.Manifests;
using Vantage.Protocol.Receipts;

namespace Vantage.Benchmarks.Containers;

/// <summary>
/// A node's own parts, put together as the node puts them, without its link: policy file, image book, CSV source, both
/// runtimes, warm programs, sealing to the disk. The image counts as verified before, as it does from its second run on.
/// </summary>
internal sealed class BenchNode : IRunProgress, IAsyncDisposable
{
    private static readonly ImageRepository Repository = ImageRepository.Parse("registry.example.org/bench/mean");
    private static readonly Digest Signed = Digest.OfText("bench manifest");

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vtg-bench-");
    private readonly OrganizationId organization = OrganizationId.New(TimeProvider.System);
    private readonly CollaborationId collaboration = CollaborationId.New(TimeProvider.System);
    private readonly UserId user = UserId.New(TimeProvider.System);
    private readonly EncryptionKey reader = EncryptionKey.Create();
    private readonly WorkerCatalogue catalogue = new(Programs.Worker);
    private readonly WarmPool pool;
    private readonly AnalysisExecutor executor;
    private readonly RunSealer sealer;
    private readonly BenchSealing sealing;
    private readonly DockerRuntime containers;
    private readonly NodeHome home;

    /// <param name="rows">Of the one table, with the columns y (0 or 1) and x.</param>
    public BenchNode(BenchImage image, bool isWarm, int rows)
    {
        home = NodeHome.At(folder.FullName);
        Directory.CreateDirectory(home.Runs);
        Directory.CreateDirectory(home.Work);
        WriteData(rows);
        var key = SigningKey.Create();
        WritePolicy(key, isWarm);
        sealing = new BenchSealing(organization);
        sealer = new RunSealer(new RunFolders(home, LocalVolume.Instance), sealing, TimeProvider.System);
        Mark = new ContainerMark(sealing.Node.ToString());
        containers = new DockerRuntime(image.Engine, new ImageSupply(image.Engine, _ => null),
            new DoorOpener(image.Engine, new RelaySupply(image.Engine, RelayProgram.Path), Mark, TimeProvider.System), Mark,
            TimeProvider.System, NullLogger<DockerRuntime>.Instance);
        var sources = SourceBook.Of([new CsvSourceSettings { Id = "patients", Path = DataPath }]);
        var runtimes = new RuntimeChoice([new ProcessRuntime(Programs.Worker, TimeProvider.System), containers]);
        var preparation = new DataPreparation(sources);
        var settings = new AnalysisSettings("Bench");
        pool = new WarmPool(WarmBounds.Default, home.Work, TimeProvider.System, NullLogger<WarmPool>.Instance);
        var start = new WarmStart(preparation, new KnownContents(sources, TimeProvider.System), runtimes, pool, settings);
        var gate = new PolicyGate(new PolicyBook(home.Policy, NullLogger<PolicyBook>.Instance));
        executor = new AnalysisExecutor(new AnalysisPermission(catalogue, Images(image, key), gate), preparation,
            new SubtaskDesk.Means(null!, null!, null!, TimeProvider.System), runtimes,
            new WarmAnalysis(start, runtimes, settings, TimeProvider.System), settings, TimeProvider.System, NullLogger<AnalysisExecutor>.Instance);
    }

    public ContainerMark Mark { get; }

    public static AlgorithmRef Image => AlgorithmRef.Parse($"oci:{Repository}@{Signed}");

    private string DataPath => Path.Combine(folder.FullName, "patients.csv");

    public async Task<AlgorithmRef> BuiltinAsync(string name)
    {
        using var worker = Process.Start(new ProcessStartInfo(Programs.Worker, ["catalogue", "--json"]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        var text = await worker.StandardOutput.ReadToEndAsync();
        return AlgorithmRef.Parse(JsonSerializer.Deserialize(text, AlgorithmsJson.Default.AlgorithmCatalogue)!
            .Algorithms.First(entry => entry.Manifest.Name == name).Ref);
    }

    /// <summary>Milliseconds from the run's being handed to the executor until its result and receipt are sealed, on the disk.</summary>
    public async Task<double> RunAsync(AlgorithmRef algorithm, JobId job, string function, string arguments)
    {
        var manifest = Manifest(algorithm, job, function);
        var key = new RunKey(manifest.Targets[0].Run, 1);
        var work = home.WorkFolder(key.Run, key.Epoch);
        Directory.CreateDirectory(home.RunFolder(key.Run, key.Epoch));
        var order = new RunOrder
        {
            Manifest = manifest,
            ManifestDigest = Digest.OfText("manifest"),
            Signed = "manifest",
            Target = manifest.Targets[0],
            Epoch = key.Epoch,
            Requester = new Requester(organization, user),
            Permission = new PolicyDecision.Allowed("earlier", "earlier"),
            Arguments = Encoding.UTF8.GetBytes(arguments),
            WorkDirectory = work,
        };
        var began = Stopwatch.GetTimestamp();
        Directory.CreateDirectory(work);
        var end = await executor.ExecuteAsync(order, this, CancellationToken.None);
        if (end is not RunEnd.Succeeded)
        {
            throw new InvalidOperationException($"{algorithm} {function}: {end}");
        }

        await sealer.SealAsync(new SealJob(key, manifest.Task, manifest, order.ManifestDigest, [reader.PublicKey], end, new ReceiptPolicy("bench", "bench")),
            CancellationToken.None);
        var took = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        Directory.Delete(work, recursive: true);
        return took;
    }

    public void Phase(RunPhase phase)
    {
    }

    public void Percent(int percent)
    {
    }

    public void Waiting(WaitingReason reason)
    {
    }

    public async ValueTask DisposeAsync()
    {
        await pool.StopAsync(CancellationToken.None);
        await containers.SweepAsync(home.Work, CancellationToken.None);
        containers.Dispose();
        catalogue.Dispose();
        folder.Delete(recursive: true);
    }

    private ImageBook Images(BenchImage image, SigningKey key)
    {
        var known = new KnownImages();
        var algorithm = JsonSerializer.Deserialize(BenchImage.Manifest, AlgorithmsJson.Default.AlgorithmManifest)!;
        var description = new ImageDescription(Signed, Signed, Digest.Parse(image.Id),
            new ImageConfig(ImagePlatform.OfThisMachine, new Dictionary<string, string>()), 0);
        known.Add(new KnownImage(Repository, description, algorithm, new Dictionary<KeyId, string> { [key.KeyId] = "sig-tag" }));
        return new ImageBook(new RegistryBook([], null), new RevocationBoard(home, TimeProvider.System), known, new SidecarSerials(home), null, TimeProvider.System,
            NullLogger<ImageBook>.Instance);
    }

    /// <summary>Written long ago, as data are: a file of this moment is read anew for every run.</summary>
    private void WriteData(int rows)
    {
        var random = new Random(1);
        File.WriteAllText(DataPath, "y,x\n" + string.Concat(Enumerable.Range(0, rows).Select(_ =>
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{random.Next(2)},{random.NextDouble():F6}\n"))));
        File.SetLastWriteTimeUtc(DataPath, TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-1));
    }

    private void WritePolicy(SigningKey key, bool isWarm)
    {
        File.WriteAllText(Path.Combine(folder.FullName, "authors.pub"), key.PublicKey.ToPem());
        File.WriteAllText(home.Policy, $$"""
            version: 1
            runtime: { process: '{{NodePolicy.ProcessConsent}}', docker: allow{{(isWarm ? ", warm: allow" : "")}} }
            publishers: [{ name: authors, key: authors.pub, repositories: ["{{Repository}}"] }]
            accept:
              - name: bench
                collaborations: [{{collaboration}}]
                requesters: { organizations: [{{organization}}] }
                algorithms: ["oci:{{Repository}}", "builtin:logistic@*"]
                publishers: [authors]
                functions: ["*"]
                data: [{ source: patients }]
                recipients: { organizations: [{{organization}}] }
                disclosure: off
            """);
    }

    private TaskManifest Manifest(AlgorithmRef algorithm, JobId job, string function) => new()
    {
        V = 1,
        Task = TaskId.New(TimeProvider.System),
        Job = job,
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
                Node = sealing.Node,
                EncryptionKey = KeyId.FromBytes(new byte[32]),
                Input = new(Digest.OfText(""), 1),
            },
        ],
        Data = [new() { Label = "table", Kind = DataKind.Source, Id = "patients" }],
        Resources = new() { MemoryMiB = algorithm.Kind == AlgorithmKind.Oci ? 64 : 1024, DiskMiB = 16, TimeSeconds = 600 },
        Recipients = [new() { Organization = organization, Principal = user.ToString(), Key = reader.PublicKey.KeyId, Certificate = [] }],
        LostNode = LostNodePolicy.Wait,
        NotBefore = TimeProvider.System.GetUtcNow().AddMinutes(-1),
        NotAfter = TimeProvider.System.GetUtcNow().AddHours(1),
        Nonce = new string('A', 22),
    };
}
