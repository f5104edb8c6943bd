using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Client.Errors;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Images;
using Vantage.Protocol.Images.Registry;
using Vantage.Protocol.Images.Sidecars;

namespace Vantage.Cli.Algorithms.Adopting;

/// <summary>
/// <c>vantage algorithm adopt</c>: vouches for an image that somebody else built for vantage6. Without <c>--sign</c> it
/// drafts the sidecar for a person to finish; with it, what they finished is signed and put beside the image.
/// </summary>
internal static class AdoptCommand
{
    public static Command Build(CliConsole console)
    {
        var target = new Argument<string>("image") { Description = "HOST/REPOSITORY with a digest, or a tag to look it up by." };
        var draft = new Option<string>("--out")
        {
            Description = "Where to write the draft. Default: sidecar.json.",
            HelpName = "FILE",
            DefaultValueFactory = _ => "sidecar.json",
        };
        var finished = new Option<string?>("--sign") { Description = "Sign this finished sidecar and put it beside the image.", HelpName = "FILE" };
        var key = new Option<string?>("--key") { Description = "With --sign: the publisher's private key, P-256, PEM, mode 0600.", HelpName = "FILE" };
        var passphrase = new Option<string?>("--key-passphrase-file")
        {
            Description = "File with the key's passphrase (first line), if it has one.",
            HelpName = "FILE",
        };
        return new Command("adopt", "Vouch for an image made for vantage6, unchanged: draft its sidecar, then sign it.")
            .With(target, draft, finished, key, passphrase).WithRegistry().Does(console, async (call, cancellationToken) =>
            {
                var reference = RegistryOptions.Reference(call.Required(target));
                if (call.Value(finished) is null != call.Value(key) is null)
                {
                    throw UsageException.Because("--sign and --key are given together.");
                }

                await call.UseAsync(reference.Repository, content => call.Value(finished) is { } file
                    ? SignAsync(call, content, reference, Finished(file), SignerOf(call, key, passphrase), cancellationToken)
                    : DraftAsync(call, content, reference, call.Required(draft), cancellationToken));
            });
    }

    private static async Task DraftAsync(
        Invocation call, RegistryContent content, ImageReference reference, string path, CancellationToken cancellationToken)
    {
        if (File.Exists(path))
        {
            throw UsageException.Because($"{path} is there already.", "Name another file with --out, or remove it.");
        }

        var image = await SignCommand.FindAsync(content, reference, cancellationToken);
        var found = await ImageDescription.ReadAsync(content, image.Digest, ImagePlatform.OfThisMachine, cancellationToken);
        var before = await SidecarStore.FindAsync(content, image.Digest, cancellationToken);
        var sidecar = before is null ? SidecarDraft.Of(reference, found) : before with { Serial = before.Serial + 1 };
        await File.WriteAllBytesAsync(path, [.. SidecarArtefact.Document(sidecar), (byte)'\n'], cancellationToken);
        var adopted = Adopted(content, sidecar, path, null);
        call.Output.Result(adopted, CliJson.Default.AdoptedImage, path, text =>
        {
            text.WriteLine($"{path}, serial {sidecar.Serial}, for {adopted.Reference}");
            text.WriteLine($"  starts: {string.Join(' ', found.Content.Command)}");
            foreach (var remark in SidecarDraft.Remarks(found))
            {
                text.WriteLine($"  {remark}");
            }
        });
        call.Output.Say(before is null
            ? $"Say in {path} what it computes, where it says '{Sidecar.Unfinished}'; then: vantage algorithm adopt {adopted.Reference} --sign {path} --key FILE"
            : $"It has a sidecar; {path} is that one with the next serial. Change it and sign it.");
    }

    private static async Task SignAsync(Invocation call, RegistryContent content, ImageReference reference, Sidecar sidecar, SigningKey signer,
        CancellationToken cancellationToken)
    {
        using (signer)
        {
            var image = await SignCommand.FindAsync(content, reference, cancellationToken);
            if (sidecar.Image != image.Digest)
            {
                throw UsageException.Because($"The sidecar is about {sidecar.Image}, and {reference} is {image.Digest}.",
                    "A sidecar binds one image: draft one for this digest.");
            }

            if (await SidecarStore.FindAsync(content, image.Digest, cancellationToken) is { } before && sidecar.Serial <= before.Serial)
            {
                throw UsageException.Because($"The image has a sidecar with serial {before.Serial}; nodes that saw it take no {sidecar.Serial} after it.",
                    $"Write \"serial\": {before.Serial + 1} into the new one.");
            }

            var digest = await SidecarStore.WriteAsync(content, image, sidecar, signer, cancellationToken);
            var adopted = Adopted(content, sidecar, null, digest) with { Key = signer.KeyId.ToString() };
            call.Output.Result(adopted, CliJson.Default.AdoptedImage, adopted.Reference, text =>
            {
                text.WriteLine(adopted.Reference);
                text.WriteLine($"  sidecar {adopted.Sidecar}, serial {adopted.Serial}, signed with key {adopted.Key}");
                foreach (var held in sidecar.Algorithm.Functions.Where(f => f.Result is null))
                {
                    text.WriteLine($"  '{held.Name}' has no 'result': at each site a person looks at what it gives before it leaves");
                }
            });
            call.Output.Say("Nodes run it once their policy names this publisher for the repository.");
        }
    }

    private static AdoptedImage Adopted(RegistryContent content, Sidecar sidecar, string? file, Digest? signed) =>
        new($"oci:{content.Repository}@{sidecar.Image}", sidecar.Serial, [.. sidecar.Algorithm.Functions.Select(f => f.Name)], file, signed?.ToString());

    private static Sidecar Finished(string file)
    {
        try
        {
            return SidecarArtefact.ReadDocument(File.ReadAllBytes(file));
        }
        catch (ImageException e)
        {
            throw new VantageException(e.Code, $"{file}: {e.Message}", "docs/vantage6-v4.md says what goes where.", e);
        }
    }

    private static SigningKey SignerOf(Invocation call, Option<string?> key, Option<string?> passphrase) => KeyFile.LoadSigningKey(
        call.Value(key)!, call.Value(passphrase) is { } file ? File.ReadLines(file).FirstOrDefault() : null);
}

/// <param name="File">The draft; absent when it was signed.</param>
/// <param name="Sidecar">Digest of what was signed.</param>
internal sealed record AdoptedImage(string Reference, long Serial, IReadOnlyList<string> Functions, string? File, string? Sidecar)
{
    public string? Key { get; init; }
}
