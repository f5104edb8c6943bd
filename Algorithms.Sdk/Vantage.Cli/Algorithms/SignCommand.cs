using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Images;
using Vantage.Protocol.Images.Registry;
using Vantage.Protocol.Images.Signing;

namespace Vantage.Cli.Algorithms;

/// <summary>
/// <c>vantage algorithm sign</c>: writes cosign's signatures with a key pair, both forms, so that old and new cosign and
/// every node find one.
/// </summary>
internal static class SignCommand
{
    public static Command Build(CliConsole console)
    {
        var target = new Argument<string>("image") { Description = "HOST/REPOSITORY with a tag or, better, a digest." };
        var key = new Option<string>("--key")
        {
            Description = "The publisher's private key: P-256, PEM, mode 0600.",
            HelpName = "FILE",
            Required = true,
        };
        var passphrase = new Option<string?>("--key-passphrase-file")
        {
            Description = "File with the key's passphrase (first line), if it has one.",
            HelpName = "FILE",
        };
        var form = new Option<string>("--form")
        {
            Description = "both, bundle (cosign 3) or sig-tag (cosign 1 and 2). Default: both.",
            HelpName = "FORM",
            DefaultValueFactory = _ => "both",
        };
        form.AcceptOnlyFromAmong("both", "bundle", "sig-tag");
        return new Command("sign", "Sign an image in a registry as its publisher.")
            .With(target, key, passphrase, form).WithRegistry().Does(console, async (call, cancellationToken) =>
            {
                var reference = RegistryOptions.Reference(call.Required(target));
                var secret = call.Value(passphrase) is { } file ? File.ReadLines(file).FirstOrDefault() : null;
                using var signer = KeyFile.LoadSigningKey(call.Required(key), secret);
                await call.UseAsync(reference.Repository, async content =>
                {
                    var image = await FindAsync(content, reference, cancellationToken);
                    var forms = call.Required(form) switch
                    {
                        "bundle" => [SignatureForm.Bundle],
                        "sig-tag" => [SignatureForm.SigTag],
                        _ => new[] { SignatureForm.Bundle, SignatureForm.SigTag },
                    };
                    foreach (var one in forms)
                    {
                        await (one == SignatureForm.Bundle
                            ? SignatureWriter.WriteBundleAsync(content, image, signer, cancellationToken)
                            : SignatureWriter.WriteSigTagAsync(content, image, signer, cancellationToken));
                    }

                    var signed = new SignedImage($"oci:{reference.Repository}@{image.Digest}", signer.KeyId.ToString(),
                        [.. forms.Select(f => new VerifiedSignature(new("", signer.PublicKey), f).How)]);
                    call.Output.Result(signed, CliJson.Default.SignedImage, signed.Reference, text =>
                    {
                        text.WriteLine(signed.Reference);
                        text.WriteLine($"  signed with key {signed.Key} ({string.Join(" and ", signed.Forms)})");
                    });
                    call.Output.Say("Nodes run it once their policy names this publisher: give their admins the public key"
                        + $" (openssl ec -in {call.Required(key)} -pubout) over a way they trust.");
                });
            });
    }

    /// <summary>A tag is looked up once, and what lay under it is signed by its digest.</summary>
    public static async Task<Descriptor> FindAsync(RegistryContent content, ImageReference reference, CancellationToken cancellationToken)
    {
        var stored = await content.FindManifestAsync(reference.Wanted, cancellationToken)
            ?? throw new ImageException(ImageFault.ImageNotFound, $"There is no {reference}.");
        if (reference.Digest is { } digest && digest != stored.Digest)
        {
            throw new ImageException(ImageFault.ImageAltered, $"{reference.Repository.Host} answers with {stored.Digest} where {digest} was asked for.");
        }

        return new(ImageManifest.Read(stored.Bytes, stored.MediaType).MediaType, stored.Digest, stored.Bytes.Length);
    }
}

internal sealed record SignedImage(string Reference, string Key, IReadOnlyList<string> Forms);
