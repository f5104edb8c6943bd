using Vantage.Protocol.Cryptography;

namespace Vantage.NodeAgent.Runtimes;

/// <summary>Which code is to be run, in the terms of who runs it.</summary>
internal abstract record RuntimeCode
{
    private RuntimeCode() { }

    /// <summary>What ships with the node: the node's own worker, which finds function and algorithm in the run's file.</summary>
    public sealed record Worker : RuntimeCode;

    /// <summary>An image that was verified: nothing else is to be started in its place.</summary>
    /// <param name="Repository">Where it is pulled from.</param>
    /// <param name="Manifest">The digest that was signed and asked for.</param>
    /// <param name="Config">The digest of this platform's configuration, which the manifest names: what the engine has to start.</param>
    public sealed record Image(string Repository, Digest Manifest, Digest Config) : RuntimeCode;
}
