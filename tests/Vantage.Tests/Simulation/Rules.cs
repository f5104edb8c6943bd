using Vantage.Coordinator.Tasks.Store;
using Vantage.Tests.Simulation.Disks;

namespace Vantage.Tests.Simulation;

/// <summary>
/// Where a rule can be broken on purpose, to see whether the simulator notices. By default none is.
/// </summary>
internal sealed record Rules
{
    public static Rules Kept { get; } = new();

    public Func<Random, SimDisk> Disk { get; init; } = random => new SimDisk(random);

    /// <summary>Every work takes exactly so long and succeeds; else chance decides.</summary>
    public TimeSpan? Work { get; init; }

    /// <summary>How long the Coordinator tells nodes that its lease is, in terms of what it is.</summary>
    public double ToldLease { get; init; } = 1;

    /// <summary>Nodes measure their lease by a clock that people set.</summary>
    public bool LeaseByWallClock { get; init; }

    public Func<IRunStore, World, IRunStore> Store { get; init; } = (store, _) => store;
}
