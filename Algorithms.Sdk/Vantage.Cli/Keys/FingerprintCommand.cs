using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Printing;
using Vantage.Client.Errors;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Signatures;

namespace Vantage.Cli.Keys;

/// <summary><c>vantage keys fingerprint</c>: what people read to each other.</summary>
internal static class FingerprintCommand
{
    public static Command Build(CliConsole console)
    {
        var file = new Argument<string?>("file")
        {
            Description = "A certificate, a request, a pins.jws or a node's folder; without one, what this home holds.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        return new Command("fingerprint", "Show fingerprints: of your organization's root, of your keys, or of a file.")
            .With(file).Does(console, (call, _) =>
            {
                Show(call, call.Value(file) is { } path ? [OfFile(path)] : OfHome(call), null);
                return Task.CompletedTask;
            });
    }

    public static void Show(Invocation call, IReadOnlyList<ShownFingerprint> fingerprints, string? advice) =>
        call.Output.Result(new FingerprintList(fingerprints), CliJson.Default.FingerprintList,
            fingerprints[0].Fingerprint, text =>
        {
            foreach (var shown in fingerprints)
            {
                text.WriteLine($"{shown.Kind} {Listing.OneLine(shown.Name)}".TrimEnd());
                text.WriteLine($"    {shown.Fingerprint}");
            }

            if (advice is not null)
            {
                text.WriteLine(advice);
            }
        });

    private static List<ShownFingerprint> OfHome(Invocation call)
    {
        var found = new List<ShownFingerprint>();
        if (call.Home.HasRoot)
        {
            var root = call.Home.ReadRoot();
            found.Add(new("root", root.Name, Fingerprint.Of(root.KeyId), root.NotAfter));
        }

        if (call.Home.HasUserKeys)
        {
            var (signing, encryption) = call.Home.OpenUserKeys();
            using (signing)
            using (encryption)
            {
                found.Add(new("keys", call.Home.ReadProfile().Name, Fingerprint.Of(signing.KeyId, encryption.KeyId),
                    null));
            }
        }

        return found.Count > 0
            ? found
            : throw new VantageException(ClientErrorCodes.KeyMissing, $"{call.Home.Directory} holds no keys.",
                "An organization's admin begins with 'vantage keys init', everyone else with 'vantage keys request'.");
    }

    /// <summary>A node's keys, for who has its folder: what its organization's admin is told.</summary>
    private static ShownFingerprint OfNode(string folder)
    {
        using var signing = KeyFile.LoadSigningKey(Path.Combine(folder, "keys", "signing.pem"));
        using var encryption = KeyFile.LoadEncryptionKey(Path.Combine(folder, "keys", "encryption.pem"));
        return new("node", folder, Fingerprint.Of(signing.KeyId, encryption.KeyId), null);
    }

    private static ShownFingerprint OfFile(string path)
    {
        if (Directory.Exists(path))
        {
            return OfNode(path);
        }

        var text = File.ReadAllText(path);
        if (text.Contains("CERTIFICATE REQUEST", StringComparison.Ordinal))
        {
            var (signing, encryption) = RequestFile.Parse(text, path);
            return new("request", signing.Identity?.Principal.ToString()
                ?? "", Fingerprint.Of(signing.KeyId, encryption.KeyId), null);
        }

        try
        {
            var certificate = text.Contains("BEGIN CERTIFICATE", StringComparison.Ordinal)
                ? Certificate.FromPem(text)
                : Certificate.Parse(Jws.Parse(text.Trim()).Header.Certificates[^1]);
            return new(certificate.Identity.Purpose == CertificatePurpose.Root ? "root"
                : "certificate", certificate.Name,
                Fingerprint.Of(certificate.KeyId), certificate.NotAfter);
        }
        catch (TrustException e)
        {
            throw new VantageException(ErrorCodes.CertificateInvalid,
                $"{path} holds no certificate, request or statement: {e.Message}",
                null, e);
        }
    }
}

internal sealed record ShownFingerprint(string Kind, string Name, string Fingerprint, DateTimeOffset? ValidUntil);

internal sealed record FingerprintList(IReadOnlyList<ShownFingerprint> Fingerprints);
