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

    public Func<IRunStore, World, IRunStore> Store { get; init; } = (store, _) => store;
}
