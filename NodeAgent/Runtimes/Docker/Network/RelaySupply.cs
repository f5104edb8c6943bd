using System.Text.Json;
using System.Text.RegularExpressions;
using Vantage.NodeAgent.Runtimes.Docker.Engine;

namespace Vantage.NodeAgent.Runtimes.Docker.Network;

/// <summary>Sees to it that the engine has the relay's image, and exactly that.</summary>
/// <param name="engine">Where to.</param>
/// <param name="program">Where the relay lies.</param>
internal sealed partial class RelaySupply(EngineClient engine, string program)
{
    /// <summary>As the engine called it when it was loaded last.</summary>
    private volatile string? known;

    /// <returns>By this the engine starts it; null if this node has no relay.</returns>
    /// <exception cref="EngineException">The engine did not take it.</exception>
    public async Task<string?> GetAsync(CancellationToken cancellationToken)
    {
        if (RelayProgram.Read(program) is not { } relay)
        {
            return null;
        }

        // Read each time: a node that was updated under way never starts yesterday's.
        var image = RelayImage.Of(relay);
        return await FindAsync(known ?? image.Id.ToString(), image, cancellationToken)
            ?? (known = await FindAsync(await LoadAsync(image, cancellationToken), image, cancellationToken)
                ?? throw new EngineException(null, $"The container engine at {engine.Socket} says that it loaded the relay, and holds something else."));
    }

    private async Task<string?> FindAsync(string id, RelayImage image, CancellationToken cancellationToken) =>
        await engine.FindImageAsync(id, cancellationToken) is { } there
        && there.RootFS?.Layers is [var layer] && layer == image.Layer.ToString()
        && there.Config?.Entrypoint is [RelayImage.Program] && there.Config.Volumes is null or { Count: 0 }
            ? there.Id
            : null;

    /// <summary>An engine may call it by the digest of a manifest that it wrote itself.</summary>
    private async Task<string> LoadAsync(RelayImage image, CancellationToken cancellationToken)
    {
        using var answer = await engine.LoadAsync(image.Archive, cancellationToken);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(cancellationToken));
        while (await lines.ReadLineAsync(cancellationToken) is { } line)
        {
            var said = line.Length > 0 ? JsonSerializer.Deserialize(line, EngineLowerJson.Default.LoadLine) : null;
            if (said?.Error is { } error)
            {
                throw new EngineException(System.Net.HttpStatusCode.InternalServerError, $"it could not load the relay ({error})");
            }

            if (said?.Stream is { } words && LoadedId().Match(words) is { Success: true } id)
            {
                return id.Value;
            }
        }

        return image.Id.ToString();
    }

    [GeneratedRegex("sha256:[0-9a-f]{64}", RegexOptions.None, 1000)]
    private static partial Regex LoadedId();
}
