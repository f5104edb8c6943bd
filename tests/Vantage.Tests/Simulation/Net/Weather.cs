namespace Vantage.Tests.Simulation.Net;

/// <summary>How bad the network is while faults last.</summary>
/// <param name="Loss">The share of messages after which the line is dead without anybody being told.</param>
/// <param name="Twice">The share of requests that arrive a second time, later.</param>
/// <param name="Overtaking">The share of messages that don't keep to their order.</param>
/// <param name="Slow">The share of messages that take seconds.</param>
/// <param name="Unsure">The share of the database's commits after which the connection breaks, and nobody knows.</param>
internal sealed record Weather(double Loss, double Twice, double Overtaking, double Slow, double Unsure)
{
    public static Weather Fair { get; } = new(0, 0, 0, 0, 0);

    public override string ToString() =>
        FormattableString.Invariant($"loss {Loss:P1}, twice {Twice:P1}, overtaking {Overtaking:P1}, slow {Slow:P1}, unsure {Unsure:P1}");
}
