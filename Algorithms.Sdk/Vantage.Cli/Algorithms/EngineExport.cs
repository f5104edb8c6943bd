using Vantage.Cli.Engines;
using Vantage.Client.Errors;
using Vantage.Protocol.Errors;

namespace Vantage.Cli.Algorithms;

/// <summary>
/// Takes an image out of the engine on this machine: what <c>docker save</c> does, without the program. A file that is
/// removed afterwards.
/// </summary>
internal sealed class EngineExport : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vantage-export-");

    private EngineExport()
    {
    }

    public string Path => System.IO.Path.Combine(folder.FullName, "image.tar");

    /// <param name="image">As the engine names it.</param>
    /// <param name="socket">Where the engine listens; null for where it usually does.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<EngineExport> OfAsync(string image, string? socket, CancellationToken cancellationToken)
    {
        var export = new EngineExport();
        try
        {
            await export.FetchAsync(image, socket ?? EngineSocket.Address(), cancellationToken);
            return export;
        }
        catch
        {
            export.Dispose();
            throw;
        }
    }

    public void Dispose() => folder.Delete(recursive: true);

    private async Task FetchAsync(string image, string socket, CancellationToken cancellationToken)
    {
        using var http = EngineSocket.Open(socket);
        try
        {
            // A name's slashes are the path's own, for engines and for the proxies before them.
            var name = string.Join('/', image.Split('/').Select(Uri.EscapeDataString));
            using var answer = await http.GetAsync(
                new Uri($"images/{name}/get", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (!answer.IsSuccessStatusCode)
            {
                throw new VantageException(ErrorCodes.NotFound, $"The engine at {socket} has no image '{image}' ({(int)answer.StatusCode}).",
                    "Build it first, or name it as 'docker images' does.");
            }

            await using var file = File.Create(Path);
            await answer.Content.CopyToAsync(file, cancellationToken);
        }
        catch (HttpRequestException e)
        {
            throw new VantageException(ClientErrorCodes.Unreachable, $"No engine answers at {socket}: {e.Message}",
                "Start it, set DOCKER_HOST to its unix:// address, or push a file.", e);
        }
    }
}
