using System.Text.Json;
using Vantage.NodeAgent.Disclosure.Filtering;
using Vantage.NodeAgent.TaskTypes.Analysis;
using Vantage.Protocol.Algorithms;

namespace Vantage.NodeAgent.Vantage6;

/// <summary>
/// Such an image knows nothing of disclosure control. Where its sidecar says what a function's result looks like, only
/// that passes; where it does not, a person of the site looks at every result (<see cref="RunPermit.HeldForRelease"/>).
/// </summary>
internal static class V4Release
{
    /// <summary>Why an output is not what the sidecar promises; null if it is, or nothing is promised.</summary>
    public static async Task<string?> OddAsync(string path, RunPermit permit, CancellationToken cancellationToken)
    {
        if (permit.Function?.Result is not { } schema)
        {
            return null;
        }

        try
        {
            await using var file = File.OpenRead(path);
            using var output = await JsonDocument.ParseAsync(file, new JsonDocumentOptions { AllowDuplicateProperties = false }, cancellationToken);
            return ResultShape.Misfit(schema, output.RootElement) is { } misfit ? Sentence(permit.Function, misfit) : null;
        }
        catch (JsonException)
        {
            return Sentence(permit.Function, "it is not JSON");
        }
    }

    private static string Sentence(FunctionManifest function, string why) =>
        $"'{function.Name}' gave something else than its sidecar says it gives, so it stays here: {why}.";
}
