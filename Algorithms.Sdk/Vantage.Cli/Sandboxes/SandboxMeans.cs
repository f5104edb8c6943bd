using Vantage.Cli.CommandLine;
using Vantage.Cli.Engines;
using Vantage.Cli.Sandboxes.Images;
using Vantage.Protocol.Algorithms;

namespace Vantage.Cli.Sandboxes;

/// <summary>The engine and the images of a sandbox, looked at before anything is made: what is amiss leaves nothing to take back.</summary>
/// <param name="Engine">Null for ordinary processes.</param>
/// <param name="Own">What the person brings.</param>
internal sealed record SandboxMeans(SandboxEngine? Engine, IReadOnlyList<OwnImage> Own) : IDisposable
{
    /// <summary>A question that the sandbox answers.</summary>
    public string Example => Own is [var image, ..]
        ? $"  vantage task run --algorithm {image.Algorithm.Name} --function {Asked(image.Algorithm)} --args '{{…}}' --wait"
        : "  vantage task run --algorithm summary --wait";

    public static async Task<SandboxMeans> OfAsync(bool inContainers, IReadOnlyList<string> images, CancellationToken cancellationToken)
    {
        if (!inContainers)
        {
            return images is []
                ? new(null, [])
                : throw UsageException.Because("An image runs in a container, and this sandbox would have none.", "Add --runtime docker.");
        }

        var socket = EngineSocket.Address();
        using var engine = new LocalEngine(socket);
        await engine.RequireAsync(cancellationToken);
        var own = new List<OwnImage>();
        try
        {
            foreach (var image in images)
            {
                own.Add(await OwnImage.OpenAsync(image, engine, cancellationToken));
            }

            return new(new(socket, []), own);
        }
        catch
        {
            own.ForEach(image => image.Dispose());
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var image in Own)
        {
            image.Dispose();
        }
    }

    private static string Asked(AlgorithmManifest algorithm) =>
        (algorithm.Functions.FirstOrDefault(function => function.Kind != FunctionKind.Central) ?? algorithm.Functions[0]).Name;
}
