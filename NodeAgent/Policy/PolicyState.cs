using Vantage.NodeAgent.Hosting.Yaml;
using Vantage.Protocol.Cryptography;

namespace Vantage.NodeAgent.Policy;

/// <summary>What lies in policy.yaml right now.</summary>
internal abstract record PolicyState
{
    private PolicyState() { }

    /// <summary>How receipts name this state of the file.</summary>
    public abstract string Version { get; }

    public sealed record Readable(NodePolicy Policy, Digest Digest) : PolicyState
    {
        public override string Version => Digest.ToString();
    }

    /// <summary>
    /// Nothing new is accepted until the file is mended. Going on with the last good policy would keep accepting what
    /// the admin may just have wanted to forbid.
    /// </summary>
    public sealed record Broken(Digest? Digest, IReadOnlyList<YamlProblem> Problems) : PolicyState
    {
        public override string Version => Digest?.ToString() ?? "none";
    }
}
