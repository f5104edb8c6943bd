using System.Security.Cryptography;

namespace Vantage.Cli.Federations;

/// <summary>Who takes part: the Coordinator's admin, some partners, and a researcher of the first.</summary>
internal sealed record Cast(Person Admin, Person Researcher, IReadOnlyList<Partner> Partners)
{
    public Partner Home => Partners[0];

    /// <param name="stage">Where their homes and nodes lie.</param>
    /// <param name="researcher">Their name and home.</param>
    /// <param name="partners">Their names, and what to call their folders.</param>
    /// <param name="stop">Ends whatever they do.</param>
    public static Cast Gather(Stage stage, (string Name, string Home) researcher, IEnumerable<(string Name, string Folder)> partners,
        CancellationToken stop)
    {
        return new(new("Ada, the Coordinator's admin", stage.Sub("people", "admin"), stop),
            new(researcher.Name, researcher.Home, stop), [.. partners.Select(p => Partner(p.Name, p.Folder))]);

        Partner Partner(string name, string folder)
        {
            var admin = new Person($"the admin of {name}", stage.Sub("people", folder), stop);
            Directory.CreateDirectory(admin.Home);
            var passphrase = Path.Combine(admin.Home, "passphrase");
            File.WriteAllText(passphrase, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(passphrase, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            return new(name, admin, stage.Sub("nodes", folder), passphrase);
        }
    }
}
