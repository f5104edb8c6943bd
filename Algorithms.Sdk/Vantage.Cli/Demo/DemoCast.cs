using System.Security.Cryptography;

namespace Vantage.Cli.Demo;

/// <summary>Who takes part: the Coordinator's admin, three hospitals and a researcher of the first.</summary>
internal sealed record DemoCast(Person Admin, Person Researcher, IReadOnlyList<Hospital> Hospitals)
{
    public Hospital Home => Hospitals[0];

    public static DemoCast Gather(DemoStage stage, CancellationToken stop)
    {
        return new(Person("Ada, the Coordinator's admin", "admin"), Person("Rosa, researcher", "researcher"),
            [Hospital("Northern Hospital", "north"), Hospital("Eastern Hospital", "east"), Hospital("Southern Hospital", "south")]);

        Person Person(string name, string folder) => new(name, stage.Sub("people", folder), stop);

        Hospital Hospital(string name, string folder)
        {
            var admin = Person($"the admin of {name}", folder);
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
