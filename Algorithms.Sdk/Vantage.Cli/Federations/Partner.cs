namespace Vantage.Cli.Federations;

/// <summary>A partner of a federation on this machine: its admin, and its node beside its data.</summary>
internal sealed record Partner(string Name, Person Admin, string NodeFolder, string PassphraseFile)
{
    public string Organization { get; init; } = "";

    public string RootFingerprint { get; init; } = "";

    public string NodeName => $"{Name} node";

    public string PinsFile => Path.Combine(Admin.Home, "pins.jws");

    public string CatalogueFile => Path.Combine(Admin.Home, "catalogue.jws");

    public string RootFile => Path.Combine(Admin.Home, "keys", "root.crt");
}
