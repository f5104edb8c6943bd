using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Client.Errors;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Identities;

namespace Vantage.Cli.Keys;

/// <summary>
/// <c>vantage keys request</c>: makes a person's keys, which never leave the home, and a file that asks the
/// organization's admin to certify them.
/// </summary>
internal static class RequestCommand
{
    public static Command Build(CliConsole console)
    {
        var file = new Option<string>("--out")
        {
            Description = "Where to write the request.",
            HelpName = "FILE",
            Required = true,
        };
        var device = new Option<string?>("--device")
        {
            Description = "What to call this device, where you work at several; your Coordinator shows it to your colleagues.",
            HelpName = "NAME",
        };
        var renew = new Option<bool>("--renew") { Description = "Make new keys although there are some." };
        return new Command("request", "Make your own keys and a request to certify them.").With(file, device, renew)
            .Does(console, async (call, cancellationToken) =>
            {
                var profile = call.Home.ReadProfile();
                var organization = profile.Organization ?? throw new VantageException(ClientErrorCodes.HomeInvalid,
                    $"{profile.Name} belongs to no organization, whose root could certify keys.",
                    "Log in as one of an organization's people.");
                if (!call.Home.HasUserKeys || call.Value(renew))
                {
                    using var newSigning = SigningKey.Create();
                    using var newEncryption = EncryptionKey.Create();
                    call.Home.WriteUserKeys(newSigning, newEncryption);
                }

                var (signing, encryption) = call.Home.OpenUserKeys();
                using (signing)
                using (encryption)
                {
                    await File.WriteAllTextAsync(call.Required(file), RequestFile.Write(
                        KeyRequest.Create(signing, Identity.Of(organization, profile.User, CertificatePurpose.Signing)),
                        KeyRequest.Create(encryption, Identity.Of(organization, profile.User,
                        CertificatePurpose.Encryption)), call.Value(device)),
                        cancellationToken);
                    FingerprintCommand.Show(call,
                        [new("keys", profile.Name, Fingerprint.Of(signing.KeyId, encryption.KeyId), null)],
                        $"Send {call.Required(file)} to your organization's admin, and tell them the fingerprint in "
                        + "another way.");
                }
            });
    }
}
