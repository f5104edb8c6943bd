using Vantage.Algorithms.Disclosure;
using Vantage.Protocol.Disclosure;
using Vantage.Statistics.Models;

namespace Vantage.Statistics.Meta;

/// <summary>What one site returns: its own model. It leaves the site only through the node's disclosure control.</summary>
/// <param name="Rows">Complete rows.</param>
/// <param name="Used">Those whose weight is not 0.</param>
/// <param name="Estimates">In the order of the model's coefficients; null where this site's rows do not tell it.</param>
/// <param name="StandardErrors">Of these; null where the estimate is.</param>
/// <param name="Converged">Whether the estimates are the maximum of the site's likelihood.</param>
/// <param name="Suppressed">What the site's rules forbid: then it tells nothing.</param>
public sealed record MetaPartial(
    [property: Discloses(DisclosureKind.Rows)] long Rows,
    [property: Discloses(DisclosureKind.Count)] long Used,
    [property: Discloses(DisclosureKind.Parameters)] IReadOnlyList<double?> Estimates,
    [property: Discloses(DisclosureKind.Parameters)] IReadOnlyList<double?> StandardErrors,
    [property: Discloses(DisclosureKind.Word)] bool Converged,
    [property: Discloses(DisclosureKind.Suppressed)] IReadOnlyList<Suppressed>? Suppressed = null) : IWithholding;
