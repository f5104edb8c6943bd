namespace Vantage.Coordinator.Realtime.Nodes;

/// <summary>Tells nodes that the Coordinator goes away, so that they come back without first wondering what broke.</summary>
internal sealed class Farewell(NodeLines lines, IHostApplicationLifetime host) : IHostedService
{
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(1);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        host.ApplicationStopping.Register(() => lines.GoAwayAsync("The Coordinator is being stopped.").Wait(AtMost));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
