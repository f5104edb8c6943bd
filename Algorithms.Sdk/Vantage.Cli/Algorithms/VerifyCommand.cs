using System.CommandLine;
using System.Security.Cryptography;
using Vantage.Cli.CommandLine;
using Vantage.Client.Errors;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Images;
using Vantage.Protocol.Images.Registry;
using Vantage.Protocol.Images.Signing;

namespace Vantage.Cli.Algorithms;

/// <summary><c>vantage algorithm verify</c>: what a node does before it runs an image, with keys that are named here.</summary>
internal static class VerifyCommand
{
    public static Command Build(CliConsole console)
    {
        var target = new Argument<string>("image") { Description = "HOST/REPOSITORY with a tag or a digest." };
        var keys = new Option<string[]>("--key")
        {
            Description = "A publisher's public key (cosign.pub); one of several has to fit.",
            HelpName = "FILE",
            Required = true,
        };
        return new Command("verify", "Check that a publisher signed an image. Says which key, and how the signature was found.")
            .With(target, keys).WithRegistry().Does(console, async (call, cancellationToken) =>
            {
                var reference = RegistryOptions.Reference(call.Required(target));
                var trusted = call.Required(keys).Select(Read).ToList();
                await call.UseAsync(reference.Repository, async content =>
                {
                    var digest = await DigestAsync(content, reference, cancellationToken);
                    var signature = await ImageVerifier.VerifyAsync(content, digest, trusted, cancellationToken);
                    var verified = new VerifiedImage(
                        $"oci:{reference.Repository}@{digest}", signature.By.Name, signature.By.Id.ToString(), signature.How);
                    call.Output.Result(verified, CliJson.Default.VerifiedImage, verified.Reference, text =>
                    {
                        text.WriteLine(verified.Reference);
                        text.WriteLine($"  signed with {verified.KeyFile} ({verified.Form})");
                        text.WriteLine($"  key {verified.Key}");
                        text.WriteLine("  transparency log: not asked");
                    });
                });
            });
    }

    public static async Task<Digest> DigestAsync(RegistryContent content, ImageReference reference, CancellationToken cancellationToken) =>
        reference.Digest ?? (await content.FindManifestAsync(reference.Wanted, cancellationToken)
            ?? throw new ImageException(ImageFault.ImageNotFound, $"There is no {reference}.")).Digest;

    private static PublisherKey Read(string file)
    {
        try
        {
            return PublisherKey.FromPem(file, File.ReadAllText(file));
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            throw new VantageException(ClientErrorCodes.KeyUnusable, $"{file} is no publisher's key: {e.Message}", null, e);
        }
    }
}

internal sealed record VerifiedImage(string Reference, string KeyFile, string Key, string Form);
