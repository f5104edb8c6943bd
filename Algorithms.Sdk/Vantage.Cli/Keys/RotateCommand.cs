using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Client.Errors;
using Vantage.Protocol.Identities;

namespace Vantage.Cli.Keys;

/// <summary>
/// <c>vantage keys rotate</c>: makes new keys beside those in use and a file that asks to certify them. Until they are certified
/// and fetched the old ones count, and what was asked with them stays readable after.
/// </summary>
internal static class RotateCommand
{
    public static Command Build(CliConsole console)
    {
        var file = new Option<string>("--out")
        {
            Description = "Where to write the request.",
            HelpName = "FILE",
            Required = true,
        };
        return new Command("rotate", "Change your keys: make new ones, and a request to certify them.").With(file)
            .Does(console, async (call, cancellationToken) =>
            {
                var profile = call.Home.ReadProfile();
                if (profile.Organization is not { } organization || !call.Home.HasUserKeys)
                {
                    throw new VantageException(ClientErrorCodes.KeyMissing, $"{call.Home.Directory} holds no keys of yours to change.",
                        "Make the first ones: vantage keys request");
                }

                call.Home.MakeNextKeys();
                var (signing, encryption) = call.Home.OpenNextKeys();
                using (signing)
                using (encryption)
                {
                    await File.WriteAllTextAsync(call.Required(file), RequestFile.Write(
                        KeyRequest.Create(signing, Identity.Of(organization, profile.User, CertificatePurpose.Signing)),
                        KeyRequest.Create(encryption, Identity.Of(organization, profile.User, CertificatePurpose.Encryption))),
                        cancellationToken);
                    FingerprintCommand.Show(call,
                        [new("keys", profile.Name, Fingerprint.Of(signing.KeyId, encryption.KeyId), null)],
                        $"Send {call.Required(file)} to your organization's admin, and tell them the fingerprint in another way. Your old "
                        + "keys go on until you run 'vantage keys install' after that.");
                }
            });
    }
}
