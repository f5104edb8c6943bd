using Vantage.NodeAgent.Data.Databases;
using Vantage.NodeAgent.Hosting.Yaml;

namespace Vantage.NodeAgent.Data.Reading;

/// <summary>Where a password is: <c>passwordFile</c> or <c>credential</c>, never the password itself.</summary>
internal static class SecretReading
{
    public const string NotHere =
        "A password does not stand in node.yaml: write it into a file of mode 0600 ('passwordFile'), or let systemd hand it over ('credential').";

    public static Secret Read(YamlSection section, string directory)
    {
        var (file, credential) = (section.Text("passwordFile"), section.Text("credential"));
        if (section.Has("password"))
        {
            section.Problem("password", NotHere);
        }
        else if (file is not null && credential is not null)
        {
            section.Problem("credential", "'passwordFile' and 'credential' both say where the password is: one of them is enough.");
        }

        return new Secret(file is null ? null : Path.GetFullPath(file, directory), credential, Environment.GetEnvironmentVariable(Secret.CredentialsVariable));
    }
}
