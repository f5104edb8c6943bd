using Federation.Tests.Failures.Points;
using Federation.Tests.Failures.Questions;
using Federation.Tests.Links;
using Federation.Tests.Processes;
using Federation.Tests.Worlds;

namespace Federation.Tests.Failures;

/// <summary>One federation of three sites for all tests that kill its nodes, and the questions that were asked of it.</summary>
public class FailingFederation : IAsyncLifetime
{
    private const int Killed = 128 + 9;
    private CommitAudit audit = null!;
    private Site? spare;

    protected virtual IReadOnlyList<string> Sites => ["north", "south", "east"];

    internal World World { get; private set; } = null!;

    internal Asker Asker { get; private set; } = null!;

    /// <summary>On which all nodes reach the Coordinator: they sign in to one address.</summary>
    internal TcpLink Line { get; private set; } = null!;

    internal TcpLink ResearchersLine { get; private set; } = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        World = await World.StartAsync(new WorldOptions
        {
            Sites = Sites,
            TestWorker = true,
            CentralSite = "north",
            Payloads = """{ "retentionEvery": "00:00:00.5" }""",
            NodeYaml = "clockSkewSeconds: 2\nkeepPastEndSeconds: 0",
            NodeUrl = port => Task.FromResult((Line = TcpLink.To(port)).Url),
            ResearcherUrl = port => Task.FromResult((ResearchersLine = TcpLink.To(port)).Url),
        }, Stop);
        foreach (var site in World.Sites)
        {
            await Approver.EmployAsync(site, Stop);
        }

        Asker = await Asker.OfAsync(World, options => options with { Url = World.Url }, Stop);
        audit = new CommitAudit(World);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Asker?.Dispose();
        if (World is not null)
        {
            await World.DisposeAsync();
        }

        foreach (var line in new[] { Line, ResearchersLine }.OfType<TcpLink>())
        {
            await line.DisposeAsync();
        }
    }

    /// <summary>Over the researcher's line, and quick to notice that it has gone silent.</summary>
    internal Task<Asker> AskerOverLineAsync() => Asker.OfAsync(World,
        options => options with { AnswerWithin = TimeSpan.FromSeconds(5), StallAfter = TimeSpan.FromSeconds(5) }, Stop);

    /// <summary>A second node of the first organization, from when it is first wanted.</summary>
    internal async Task<Site> SpareAsync() => spare ??= await World.AddNodeAsync(World.Site, "north-b");

    /// <summary>So that a test that failed takes no other down with it.</summary>
    internal async Task MendAsync()
    {
        if (!World.Coordinator.IsWell)
        {
            await World.Coordinator.DisposeAsync();
            await World.StartCoordinatorAsync();
        }

        foreach (var site in World.Sites.Append(spare).OfType<Site>().Where(site => !site.Process!.IsWell))
        {
            await site.Process!.DisposeAsync();
            World.LaunchNode(site);
        }
    }

    /// <summary>
    /// Each run was committed once, and nothing of its plaintext is left at a node, once that had the moment that sweeping takes.
    /// </summary>
    internal async Task AssertCleanAsync()
    {
        await audit.AssertOnceAsync(Asker.Succeeded, Stop);
        foreach (var work in World.Sites.Select(site => Path.Combine(site.NodeFolder, "state", "work")))
        {
            for (var patience = 0; Directory.EnumerateFileSystemEntries(work).Any() && patience < 1200; patience++)
            {
                await Task.Delay(100, Stop);
            }

            Assert.Empty(Directory.EnumerateFileSystemEntries(work));
        }
    }

    /// <summary>Waits for the process to die of the failpoint and of nothing else.</summary>
    internal static async Task DiedAsync(ChildProcess process, FailpointCase point, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(4));
        try
        {
            var exitCode = await process.ExitAsync(patience.Token);
            Assert.True(exitCode == Killed && process.StandardError.Contains($"failpoint {point.Name}:", StringComparison.Ordinal),
                $"{point}: {process.Name} ended with {exitCode}:\n{process.Output}");
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{point} was never passed. {process.Name} said:\n{process.Output}", e);
        }
    }
}
