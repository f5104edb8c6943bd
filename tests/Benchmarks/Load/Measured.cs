using Vantage.Benchmarks.Processes;
using Vantage.Benchmarks.Reporting;

namespace Vantage.Benchmarks.Load;

/// <summary>What so many clients did in how long, and what it cost the servers.</summary>
internal sealed record Measured(int Count, TimeSpan Elapsed, IReadOnlyCollection<double> Milliseconds, ProcessorTime? Spent)
{
    public double PerSecond => Count / Elapsed.TotalSeconds;

    public double P50 => Numbers.Percentile(Milliseconds, 0.50);

    public double P99 => Numbers.Percentile(Milliseconds, 0.99);

    /// <summary>Microseconds of processor time an operation.</summary>
    public double CoordinatorMicroseconds => Spent!.Coordinator.TotalMicroseconds / Count;

    public double PostgresMicroseconds => Spent!.Postgres.TotalMicroseconds / Count;

    /// <summary>What the load generator takes of the cores that it shares.</summary>
    public double GeneratorMicroseconds => Spent!.Generator.TotalMicroseconds / Count;

    /// <summary>Cores that all three kept busy.</summary>
    public double Cores => (Spent!.Coordinator + Spent.Postgres + Spent.Generator) / Elapsed;
}
