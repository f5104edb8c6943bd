using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Protocol.Images;
using Vantage.Protocol.Json;

namespace Vantage.Cli.Algorithms;

/// <summary><c>vantage algorithm inspect</c>: what an image says of itself. It proves nothing: see <c>verify</c>.</summary>
internal static class InspectCommand
{
    public static Command Build(CliConsole console)
    {
        var target = new Argument<string>("image") { Description = "HOST/REPOSITORY with a tag or a digest." };
        return new Command("inspect", "Show what an image computes, as it says itself. Proves nothing; see verify.")
            .With(target).WithRegistry().Does(console, async (call, cancellationToken) =>
            {
                var reference = RegistryOptions.Reference(call.Required(target));
                await call.UseAsync(reference.Repository, async content =>
                {
                    var digest = await VerifyCommand.DigestAsync(content, reference, cancellationToken);
                    var found = await ImageDescription.ReadAsync(content, digest, ImagePlatform.OfThisMachine, cancellationToken);
                    var algorithm = found.Content.Describe();
                    var view = new InspectedImage($"oci:{reference.Repository}@{digest}", found.Config.ToString(),
                        found.Content.Platform.ToString(), found.Bytes, algorithm.Name, algorithm.Version, algorithm.Description,
                        [.. algorithm.Functions.Select(f => new InspectedFunction(f.Name, f.Kind.ToExactName(), f.Description))]);
                    call.Output.Result(view, CliJson.Default.InspectedImage, view.Reference, text =>
                    {
                        text.WriteLine(view.Reference);
                        text.WriteLine($"  {view.Name} {view.Version}: {view.Description}");
                        text.WriteLine($"  {view.Platform}, {view.Bytes} bytes of layers, config {view.Config}");
                        foreach (var function in view.Functions)
                        {
                            text.WriteLine($"  {function.Name} ({function.Kind}): {function.Description}");
                        }
                    });
                });
            });
    }
}

internal sealed record InspectedImage(string Reference, string Config, string Platform, long Bytes, string Name, string Version,
    string Description, IReadOnlyList<InspectedFunction> Functions);

internal sealed record InspectedFunction(string Name, string Kind, string Description);
