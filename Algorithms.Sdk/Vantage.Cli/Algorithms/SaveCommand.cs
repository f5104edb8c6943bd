using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Client.Errors;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Images;
using Vantage.Protocol.Images.Archives;

namespace Vantage.Cli.Algorithms;

/// <summary>
/// <c>vantage algorithm save</c>: an image with its signatures into a file, laid out as <c>cosign save</c> does, for nodes
/// that reach no registry.
/// </summary>
internal static class SaveCommand
{
    public static Command Build(CliConsole console)
    {
        var target = new Argument<string>("image") { Description = "HOST/REPOSITORY with a tag or a digest." };
        var to = new Option<string>("--out") { Description = "The file, an OCI archive.", HelpName = "FILE", Required = true };
        return new Command("save", "Write an image and its signatures into a file, for 'vantage node image import'.")
            .With(target, to).WithRegistry().Does(console, async (call, cancellationToken) =>
            {
                var reference = RegistryOptions.Reference(call.Required(target));
                var path = Path.GetFullPath(call.Required(to));
                if (File.Exists(path))
                {
                    throw new VantageException(ErrorCodes.Conflict, $"{path} is there already.", "Take another name, or remove it.");
                }

                await call.UseAsync(reference.Repository, async content =>
                {
                    var digest = await VerifyCommand.DigestAsync(content, reference, cancellationToken);
                    await WriteAsync(content, digest, path, cancellationToken);
                    var saved = new SavedImage($"oci:{reference.Repository}@{digest}", path, new FileInfo(path).Length);
                    call.Output.Result(saved, CliJson.Default.SavedImage, saved.File, text =>
                    {
                        text.WriteLine(saved.Reference);
                        text.WriteLine($"  {saved.File}, {saved.Bytes} bytes");
                    });
                    call.Output.Say("A node's admin takes it in with: vantage node image import FILE --dir DIR");
                });
            });
    }

    private static async Task WriteAsync(IImageContent content, Protocol.Cryptography.Digest digest, string path, CancellationToken cancellationToken)
    {
        var draft = path + ".part";
        try
        {
            await using (var file = File.Create(draft))
            await using (var writer = new LayoutWriter(file))
            {
                await content.CopyAsync(digest, writer, withLayers: true, cancellationToken);
                await writer.FinishAsync(cancellationToken);
            }

            File.Move(draft, path);
        }
        finally
        {
            File.Delete(draft);
        }
    }
}

internal sealed record SavedImage(string Reference, string File, long Bytes);
