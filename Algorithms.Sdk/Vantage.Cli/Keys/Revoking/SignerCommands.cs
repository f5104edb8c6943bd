using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Printing;
using Vantage.Client.Errors;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Identities;

namespace Vantage.Cli.Keys.Revoking;

/// <summary>
/// <c>vantage keys signer</c>: the key that signs the organization's list of revoked keys every day, so that the root can
/// stay offline. It can revoke and do nothing else.
/// </summary>
internal static class SignerCommands
{
    private static readonly Option<int> Days = new("--days")
    {
        Description = "How long the signer's certificate is valid, 1 to 1830.",
        DefaultValueFactory = _ => 366,
    };

    public static Command Build(CliConsole console) =>
        new Command("signer", "The key that signs the list of revoked keys: make it, certify it.").With(
            Create(console), Certify(console), Install(console));

    private static Command Create(CliConsole console)
    {
        var file = new Option<string?>("--out")
        {
            Description = "Where the root is elsewhere: write a request to be certified there.",
            HelpName = "FILE",
        };
        return new Command("create", "Make a signer in this home; certified at once where the root's key is, too.")
            .With(file, Days, Passphrases.File).Does(console, async (call, cancellationToken) =>
            {
                if (call.Value(file) is null && !call.Home.HasRootKey)
                {
                    throw UsageException.Because("This home does not hold the root's key, which certifies a signer.",
                        "Add --out FILE, and have the file certified in the root's home: vantage keys signer certify.");
                }

                var root = call.Home.ReadRoot();
                using var key = SigningKey.Create();
                var request = KeyRequest.OfRevoker(key, root.Identity.Organization);
                if (call.Value(file) is { } path)
                {
                    call.Home.WriteRevokerKey(key);
                    await File.WriteAllTextAsync(path, request.ToPem(), cancellationToken);
                    Tell(call, key.KeyId, null, $"Have {path} certified in the root's home (vantage keys signer certify), telling the "
                        + "fingerprint in another way; then: vantage keys signer install FILE");
                    return;
                }

                var certificate = Issue(call, request, root);
                call.Home.WriteRevokerKey(key);
                call.Home.WriteRevokerCertificate(certificate);
                Tell(call, key.KeyId, certificate.NotAfter, "Publish the first list: vantage keys revocations renew");
            });
    }

    private static Command Certify(CliConsole console)
    {
        var request = new Option<string>("--request") { Description = "The signer's request.", HelpName = "FILE", Required = true };
        var file = new Option<string>("--out") { Description = "Where to write the certificate.", HelpName = "FILE", Required = true };
        var fingerprint = Comparison.Option();
        return new Command("certify", "Certify a signer made elsewhere (in the home that holds the root).")
            .With(request, file, fingerprint, Days, Passphrases.File).Does(console, async (call, cancellationToken) =>
            {
                var root = call.Home.ReadRoot();
                var asked = Read(call.Required(request));
                Comparison.Require(call, fingerprint, "the signer of revocations", Fingerprint.Of(asked.KeyId),
                    typed => Fingerprint.Matches(typed, asked.KeyId), "who made the signer ('vantage keys signer create' showed it)");
                var certificate = Issue(call, asked, root);
                await File.WriteAllTextAsync(call.Required(file), certificate.ToPem(), cancellationToken);
                Tell(call, asked.KeyId, certificate.NotAfter, $"Give {call.Required(file)} back: vantage keys signer install FILE");
            });
    }

    private static Command Install(CliConsole console)
    {
        var file = new Argument<string>("file") { Description = "The certificate that the root's home wrote." };
        return new Command("install", "Take the signer's certificate.").With(file).Does(console, (call, _) =>
        {
            Certificate certificate;
            try
            {
                certificate = Certificate.FromPem(File.ReadAllText(call.Required(file)));
            }
            catch (CertificateException e)
            {
                throw new VantageException(ErrorCodes.CertificateInvalid, e.Message, null, e);
            }

            call.Home.WriteRevokerCertificate(certificate);
            Tell(call, certificate.KeyId, certificate.NotAfter, "Publish the first list: vantage keys revocations renew");
            return Task.CompletedTask;
        });
    }

    private static Certificate Issue(Invocation call, KeyRequest request, Certificate root)
    {
        if (call.Value(Days) is < 1 or > 1830)
        {
            throw UsageException.Because($"--days {call.Value(Days)} is not between 1 and 1830.");
        }

        using var rootKey = call.Home.OpenRootKey(Passphrases.Ask(call));
        // A minute of grace, since other machines' clocks lag.
        var from = call.Console.Time.GetUtcNow().AddMinutes(-1);
        var until = from.AddDays(call.Value(Days));
        try
        {
            return Certificates.Certify(request, Identity.OfRevoker(root.Identity.Organization), root.Name, root, rootKey,
                from < root.NotBefore ? root.NotBefore : from, until < root.NotAfter ? until : root.NotAfter);
        }
        catch (ArgumentException e)
        {
            throw new VantageException(ErrorCodes.CertificateInvalid, $"The request does not fit: {e.Message}", null, e);
        }
    }

    private static KeyRequest Read(string path)
    {
        try
        {
            return KeyRequest.FromPem(File.ReadAllText(path));
        }
        catch (CertificateException e)
        {
            throw new VantageException(ErrorCodes.CertificateInvalid, $"{path}: {e.Message}",
                "Ask for it again: vantage keys signer create --out FILE", e);
        }
    }

    private static void Tell(Invocation call, KeyId key, DateTimeOffset? until, string next)
    {
        var view = new SignerView(Fingerprint.Of(key), until);
        call.Output.Result(view, CliJson.Default.SignerView, view.Fingerprint, text =>
        {
            text.WriteLine($"signer of revocations{(until is { } end ? $", valid until {Details.Time(end)}" : "")}");
            text.WriteLine($"    {view.Fingerprint}");
        });
        call.Output.Say(next);
    }
}

internal sealed record SignerView(string Fingerprint, DateTimeOffset? ValidUntil);
