using Vantage.Protocol.Manifests;

namespace Vantage.NodeAgent.Images.Reviews;

/// <summary>Where signed reviews come from. Nothing that it gives is believed for where it came from.</summary>
internal interface IReviewLine
{
    /// <summary>Each a signed statement.</summary>
    Task<IReadOnlyList<string>> OfAsync(AlgorithmRef algorithm, CancellationToken cancellationToken);
}
