using System.Text.Json;
using Vantage.Protocol.Algorithms;

namespace Vantage.Worker.Runs;

internal static class RunFileReader
{
    /// <param name="path">The file, or the folder it lies in.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<RunFile> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (Directory.Exists(path))
            path = Path.Combine(path, RunFile.FileName);
        var file = await ParseAsync(path, cancellationToken);
        if (file.V != RunFile.CurrentVersion)
        {
            throw new RunFileInvalidException(
                $"{path} is of version {file.V} of the algorithm contract, this worker speaks {RunFile.CurrentVersion}.");
        }

        if (file.Warm is not true && (file.Function is null || file.Arguments is null))
            throw new RunFileInvalidException($"{path} cannot be read: it names no function, or no arguments.");

        return file.Gateway.Kind is GatewayKinds.UnixHttp or GatewayKinds.StdioHttp
            ? file
            : throw new RunFileInvalidException(
                $"{path} names a Gateway of kind '{file.Gateway.Kind}', this worker speaks '{GatewayKinds.UnixHttp}' and '{GatewayKinds.StdioHttp}'.");
    }

    private static async Task<RunFile> ParseAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var bytes = await File.ReadAllBytesAsync(path, cancellationToken);
            return JsonSerializer.Deserialize(bytes, AlgorithmsJson.Default.RunFile)
                ?? throw new RunFileInvalidException($"{path} is null.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new RunFileInvalidException($"{path} cannot be read: {e.Message}");
        }
    }
}

internal sealed class RunFileInvalidException(string message) : Exception(message);
