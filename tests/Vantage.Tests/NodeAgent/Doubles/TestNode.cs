using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Vantage.NodeAgent.Audit.Trail;
using Vantage.NodeAgent.Disclosure.Memory;
using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Runs;
using Vantage.NodeAgent.Runs.Journal;
using Vantage.NodeAgent.Runs.Storage;
using Vantage.NodeAgent.Trust;
using Vantage.Protocol.Cryptography;

namespace Vantage.Tests.NodeAgent.Doubles;

/// <summary>A whole node in this process: everything real but policy, executor and clock.</summary>
internal sealed class TestNode : IAsyncDisposable
{
    private readonly Alliance alliance;
    private IHost? host;
    private RunJournal? journal;
    private TrailStore? trail;
    private AnswerMemory? memory;

    public TestNode(Alliance alliance, Uri coordinator, string settings = "", bool certified = true, string? root = null)
    {
        this.alliance = alliance;
        Home = NodeHome.At(root ?? Directory.CreateTempSubdirectory("vantage-node-").FullName);
        Clock = new VirtualClock(alliance.Now);
        Durable.CreateFolder(Home.Keys);
        Durable.CreateFolder(Home.State);
        KeyFile.Save(Home.SigningKey, alliance.Hospital.NodeKey);
        KeyFile.Save(Home.EncryptionKey, alliance.Hospital.NodeEncryptionKey);
        File.WriteAllText(Home.OwnRoot, alliance.Hospital.Root.ToPem());
        File.WriteAllText(Home.Pins, alliance.Pins());
        File.WriteAllText(Home.Settings, $"coordinator: {coordinator}\nminimumFreeMiB: 0\n{settings}");
        File.WriteAllText(Home.Policy, "version: 1\naccept: []\n");
        new NodeIdentity(alliance.Hospital.Node, alliance.Hospital.Id, "mary-1", "right-code").Save(Home);
        if (certified)
        {
            File.WriteAllText(Home.SigningCertificate, alliance.Hospital.NodeChain.ToPem());
            File.WriteAllText(Home.EncryptionCertificate, alliance.Hospital.NodeEncryption.ToPem());
        }
    }

    public NodeHome Home { get; }

    public ScriptedExecutor Executor { get; } = new();

    public ScriptedGate Gate { get; } = new();

    public VirtualClock Clock { get; }

    public ConcurrentQueue<string> Log { get; } = new();

    public RunBook Book => journal!.Book;

    /// <summary>The node decided to stop by itself.</summary>
    public bool HasStopped => Get<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested;

    public T Get<T>()
        where T : notnull => host!.Services.GetRequiredService<T>();

    public async Task<TestNode> StartAsync()
    {
        var identity = NodeIdentity.Find(Home)!;
        journal = RunJournal.Open(Home.Journal);
        var setting = new NodeSetting(Home, NodeSettings.Load(Home), identity, NodeKeys.Load(Home), journal,
            trail = TrailStore.Open(LocalVolume.Instance, new Segments(Home.Audit), NodeKeys.Load(Home).Signing, Clock),
            memory = AnswerMemory.Open(LocalVolume.Instance, Home.AnswerMemory, Clock));
        host = NodeHost.Build(setting, LogLevel.Debug, services => services
            .RemoveAll<IRunExecutor>()
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton<IPolicyGate>(Gate)
            .AddSingleton<IRunExecutor>(Executor)
            .AddLogging(logging => logging.ClearProviders().AddProvider(new QueueLog(Log))));
        await host.StartAsync();
        return this;
    }

    public async Task StopAsync()
    {
        if (host is not null)
        {
            await host.StopAsync();
            host.Dispose();
            journal!.Dispose();
            trail!.Dispose();
            memory!.Dispose();
            host = null;
        }
    }

    /// <summary>Waits for something that is bound to become true; the time-out is only for a broken test.</summary>
    public async Task EventuallyAsync(Func<bool> holds, string what)
    {
        var deadline = TimeSpan.FromMinutes(3);
        var since = System.Diagnostics.Stopwatch.StartNew();
        while (!holds())
        {
            if (since.Elapsed > deadline)
            {
                Assert.Fail($"Never came true: {what}.\n{string.Join('\n', Log.TakeLast(60))}");
            }

            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(Home.Root, recursive: true);
    }

    private sealed class QueueLog(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{logLevel}: {formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
