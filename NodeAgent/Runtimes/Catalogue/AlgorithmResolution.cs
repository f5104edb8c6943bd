using Vantage.Protocol.Algorithms;

namespace Vantage.NodeAgent.Runtimes.Catalogue;

/// <summary>Whether this node has the code that a reference names.</summary>
internal abstract record AlgorithmResolution
{
    private AlgorithmResolution() { }

    public sealed record Found(AlgorithmManifest Manifest) : AlgorithmResolution;

    /// <param name="Code">One of <see cref="Protocol.Errors.RunCodes"/>.</param>
    /// <param name="Message">What the node has instead, for the asker.</param>
    public sealed record Missing(string Code, string Message) : AlgorithmResolution;
}
