using Federation.Tests.Processes;

namespace Federation.Tests.Worlds;

/// <summary>A partner: its admin's command line and its node's directory.</summary>
internal sealed record Site(string Name, VantageCommand Admin, string NodeFolder, string Passphrase)
{
    public string Organization { get; init; } = "";

    public string Fingerprint { get; init; } = "";

    public string Node { get; set; } = "";

    /// <summary>The running node; replaced when a test starts it anew.</summary>
    public ChildProcess? Process { get; set; }

    public string NodeYaml => Path.Combine(NodeFolder, "node.yaml");

    public string Policy => Path.Combine(NodeFolder, "policy.yaml");

    public string Pins => Path.Combine(Admin.Home, "pins.jws");
}
