using Vantage.NodeAgent.Policy;
using Vantage.NodeAgent.Trust;

namespace Vantage.NodeAgent.Audit.Trail;

/// <summary>Takes down which policy and which pins are in force, whenever that changes. Each run's entry names its policy too.</summary>
internal sealed class TrailWatch(ITrail trail, PolicyBook policy, PinBoard pins, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private string? version;
    private long? serial;

    internal void Look()
    {
        var now = policy.Current();
        if (now.Version != version)
        {
            version = now.Version;
            trail.Note(new Happening("policy.change", version, ("usable", now is PolicyState.Readable ? "yes" : "no")));
        }

        if (pins.Statement is { } statement && statement.Serial != serial)
        {
            serial = statement.Serial;
            trail.Note(new Happening("pins.change", $"serial {serial}",
                [.. statement.Roots.Select(root => (root.Organization.ToString(), (string?)Protocol.Cryptography.Digest.Of(root.Certificate).ToString()))]));
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            Look();
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
