using System.Text.Json;
using Vantage.Cli.CommandLine;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Images;
using Vantage.Protocol.Images.Sidecars;

namespace Vantage.Cli.Algorithms.Adopting;

/// <summary>
/// What can be said of an image by looking at it: its name and how it starts. Which functions it has stands in its code
/// only, so the draft shows where a person says so.
/// </summary>
internal static class SidecarDraft
{
    private const string Ask = Sidecar.Unfinished + ": ";
    private const string Package = "PKG_NAME=";

    public static Sidecar Of(ImageReference reference, ImageDescription image) => new()
    {
        V = Sidecar.CurrentVersion,
        Image = image.Manifest,
        Serial = 1,
        Contract = ImageContract.Vantage6V4,
        Algorithm = new()
        {
            V = AlgorithmManifest.CurrentVersion,
            Name = PackageOf(image.Content) ?? reference.Repository.Path.Split('/')[^1],
            Version = image.Content.Labels.GetValueOrDefault("org.opencontainers.image.version")
                ?? reference.Tag ?? Ask + "its version, such as 1.4.0; a site's policy may ask for a newer one",
            Description = image.Content.Labels.GetValueOrDefault("org.opencontainers.image.description") ?? Ask + "what it computes, in a sentence",
            Functions =
            [
                Function(FunctionKind.Central, "the function that creates the subtasks", []),
                Function(FunctionKind.Partial, "a function that works beside the data; copy this for each",
                    [new("table", Ask + "what has to be in the data", [Ask + "each argument that names columns; or take 'columnArguments' out"])]),
            ],
        },
        Databases = [new("table", "csv")],
    };

    public static IEnumerable<string> Remarks(ImageDescription image)
    {
        var package = PackageOf(image.Content);
        yield return package is null
            ? "PKG_NAME is not set: this may be no Python image of vantage6's kind"
            : $"its functions are those of the Python package '{package}' (PKG_NAME)";
        yield return "images built with vantage6's tools before 4.2 need \"plainEnvironment\": true";
    }

    private static FunctionManifest Function(FunctionKind kind, string what, IReadOnlyList<DataNeed> data) => new()
    {
        Name = $"{Ask}the name of {what}",
        Kind = kind,
        Description = Ask + "what it gives",
        Arguments = Schema(Ask + "its arguments, in the order of its parameters"),
        Result = Schema(Ask + "each member of its result, and of which type; or take 'result' out, and a person looks at every result"),
        Data = data,
    };

    private static JsonElement Schema(string about)
    {
        using var schema = JsonDocument.Parse("{\"type\":\"object\",\"properties\":{" + JsonSerializer.Serialize(about, CliJson.Default.String)
            + ":{\"type\":\"string\"}}}");
        return schema.RootElement.Clone();
    }

    private static string? PackageOf(ImageConfig config) =>
        config.Environment.FirstOrDefault(e => e.StartsWith(Package, StringComparison.Ordinal))?[Package.Length..];
}
