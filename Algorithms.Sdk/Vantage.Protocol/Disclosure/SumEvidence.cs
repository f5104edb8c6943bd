namespace Vantage.Protocol.Disclosure;

/// <summary>
/// What shows that no contribution sticks out of a sum. A function gives it to the node beside the sum, declared as
/// <see cref="DisclosureKind.Evidence"/>; the node looks at it and takes it away.
/// </summary>
/// <param name="Total">The sum of all contributions' sizes, |x|.</param>
/// <param name="Largest">Of these.</param>
/// <param name="Second">The next.</param>
public sealed record SumEvidence(double Total, double Largest, double Second);
