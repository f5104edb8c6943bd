namespace Vantage.NodeAgent.Runtimes;

/// <summary>What a site may require of a sandbox beyond what every sandbox has.</summary>
internal enum SandboxDemand
{
    /// <summary>Root in the container is nobody on the host.</summary>
    Userns,

    /// <summary>A kernel of its own between the algorithm and the host's: gVisor.</summary>
    Runsc,
}
