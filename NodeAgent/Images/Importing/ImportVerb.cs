using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Hosting.Commands;
using Vantage.NodeAgent.Policy;
using Vantage.NodeAgent.Runtimes.Docker.Engine;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Images;
using Vantage.Protocol.Images.Archives;

namespace Vantage.NodeAgent.Images.Importing;

/// <summary>
/// <c>image import</c>: for sites that reach no registry. What comes in is verified as out of a registry, by the publishers
/// of the node's own policy; whether it may then run for anybody is asked of the policy for each request, as ever.
/// </summary>
internal static class ImportVerb
{
    private const int MostMiB = 20 * 1024;

    private static readonly VerbOption Archive = new("ARCHIVE", null, "An OCI archive with its signatures: 'vantage algorithm save', or a tar of 'cosign save'.", Required: true);

    public static NodeVerb Verb { get; } = new("image import", "Take an image out of a file, verified as out of a registry, into the node's engine.",
        [
            new("--repository", "HOST/PATH", "What it is called in tasks and in the policy, where the file does not say so."),
            new("--max-mib", "MIB", $"How large its layers may be together, unpacked. Default: {MostMiB}."),
        ], RunAsync)
    {
        Word = Archive,
    };

    private static async Task<int> RunAsync(VerbCall call, CancellationToken cancellationToken)
    {
        try
        {
            using var layout = SignedLayout.Open(call.Required(Archive.Name));
            using var calls = new EngineCalls(NodeSettings.Load(call.Home).Docker.Engine);
            var desk = new ImportDesk(call.Home, Policy(call.Home), layout, new EngineClient(calls), Most(call));
            var done = await desk.ImportAsync(Named(layout, call.Find("--repository")), cancellationToken);
            call.Answer(done, VerbJson.Default.IReadOnlyListImportedImage, text =>
            {
                foreach (var image in done)
                {
                    Tell(text, image);
                }
            });
            return ExitCodes.Ok;
        }
        catch (ImageException e)
        {
            throw new CommandFailure(ExitCodes.Untrusted, $"{e.Message} Nothing of it runs here ({e.Code}).", e);
        }
        catch (EngineException e)
        {
            throw new CommandFailure(ExitCodes.Unreachable, e.Message, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.Configuration(e.Message, e);
        }
    }

    private static IEnumerable<(LaidImage Image, ImageRepository Repository)> Named(SignedLayout layout, string? name)
    {
        if (name is not null && layout.Images.Count > 1)
        {
            throw CommandFailure.Usage($"The file holds {layout.Images.Count} images, which can't all be called {name}. Leave out --repository.");
        }

        return layout.Images.Select(image => (image, name is not null && ImageRepository.TryParse(name, out var said) ? said
            : name is not null ? throw CommandFailure.Usage($"'{name}' is not a repository: expected {ImageRepository.Expected}.")
            : image.Repository ?? throw CommandFailure.Usage(
                $"The file does not say where the image {image.Root.Digest} is published. Say it: --repository HOST/PATH.")));
    }

    private static NodePolicy Policy(NodeHome home) => new PolicyBook(home.Policy, NullLogger<PolicyBook>.Instance).Current() switch
    {
        PolicyState.Readable readable => readable.Policy,
        PolicyState.Broken broken => throw CommandFailure.Configuration(string.Join('\n', broken.Problems)),
        var other => throw new InvalidOperationException($"No step for {other}."),
    };

    private static long Most(VerbCall call) => call.Find("--max-mib") is not { } text ? (long)MostMiB << 20
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var mib) && mib > 0 ? (long)mib << 20
        : throw CommandFailure.Usage($"--max-mib {text} is no number of MiB.");

    private static void Tell(TextWriter text, ImportedImage image)
    {
        text.WriteLine(image.Reference);
        text.WriteLine($"  {image.Name} {image.Version}, signed by '{image.Publisher}' of the policy; {(image.Loaded ? "now in the engine" : "the engine had it already")}");
    }
}

/// <param name="Reference">How tasks name it.</param>
/// <param name="Loaded">False where the engine had its layers already.</param>
internal sealed record ImportedImage(string Reference, string Name, string Version, string Publisher, bool Loaded);
