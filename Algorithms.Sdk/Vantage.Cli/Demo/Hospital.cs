namespace Vantage.Cli.Demo;

/// <summary>A partner of the demo: its admin, its node, its share of the rows.</summary>
internal sealed record Hospital(string Name, Person Admin, string NodeFolder, string PassphraseFile)
{
    public string Organization { get; init; } = "";

    public string RootFingerprint { get; init; } = "";

    public string NodeName => $"{Name} node";

    public string PinsFile => Path.Combine(Admin.Home, "pins.jws");

    public string CatalogueFile => Path.Combine(Admin.Home, "catalogue.jws");

    public string RootFile => Path.Combine(Admin.Home, "keys", "root.crt");
}
