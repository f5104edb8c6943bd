using Federation.Tests.Failures.Points;
using Federation.Tests.Failures.Questions;
using Federation.Tests.Processes;
using Federation.Tests.Worlds;

namespace Federation.Tests.Failures;

/// <summary>One federation of three sites for all tests that kill it, and the questions that were asked of it.</summary>
public sealed class FailingFederation : IAsyncLifetime
{
    private const int Killed = 128 + 9;

    internal World World { get; private set; } = null!;

    internal Asker Asker { get; private set; } = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        World = await World.StartAsync(new WorldOptions
        {
            Sites = ["north", "south", "east"],
            TestWorker = true,
            NodeYaml = "clockSkewSeconds: 2",
        }, Stop);
        Asker = await Asker.OfAsync(World, Stop);
    }

    public async ValueTask DisposeAsync()
    {
        Asker?.Dispose();
        if (World is not null)
        {
            await World.DisposeAsync();
        }
    }

    /// <summary>Waits for the process to die of the failpoint and of nothing else.</summary>
    internal static async Task DiedAsync(ChildProcess process, FailpointCase point, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
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
