namespace Vantage.Statistics.Meta;

/// <summary>What one site returns: its own model. It leaves the site only through the node's disclosure control.</summary>
/// <param name="Rows">Complete rows.</param>
/// <param name="Used">Those whose weight is not 0.</param>
/// <param name="Estimates">In the order of the model's coefficients; null where this site's rows do not tell it.</param>
/// <param name="StandardErrors">Of these; null where the estimate is.</param>
/// <param name="Converged">Whether the estimates are the maximum of the site's likelihood.</param>
public sealed record MetaPartial(
    long Rows,
    long Used,
    IReadOnlyList<double?> Estimates,
    IReadOnlyList<double?> StandardErrors,
    bool Converged);
