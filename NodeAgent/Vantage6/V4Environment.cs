using System.Globalization;
using Vantage.Protocol.Algorithms;

namespace Vantage.NodeAgent.Vantage6;

/// <summary>
/// What the contract says that a node puts into the environment, less what is unsafe: only the data of this run are named,
/// each is a file, and no secret of a database is among them. The module that the tools load (<c>PKG_NAME</c>) is the
/// image's own to name.
/// </summary>
internal static class V4Environment
{
    public const string ProxyHost = "proxyserver";
    public const int ProxyPort = 8080;

    private const string ContextFile = "RUN_CONTEXT_FILE";

    /// <param name="folder">Where things lie.</param>
    /// <param name="files">What the run may see.</param>
    /// <param name="plain">For tools that do not decode values.</param>
    public static IReadOnlyList<string> Of(V4Folder folder, IReadOnlyList<RunData> files, bool plain)
    {
        var labels = string.Join(',', files.Select(file => file.Label));
        (string Name, string Value)[] values =
        [
            ("INPUT_FILE", folder.Seen(folder.Input)),
            ("OUTPUT_FILE", folder.OutputSeen),
            ("TOKEN_FILE", folder.Seen(folder.Token)),
            ("TEMPORARY_FOLDER", V4Folder.ScratchAt),
            ("HOST", $"http://{ProxyHost}"),
            ("PORT", ProxyPort.ToString(CultureInfo.InvariantCulture)),
            ("API_PATH", ""),
            ("USER_REQUESTED_DATABASE_LABELS", labels),
            ("DB_LABELS", labels),
            .. files.SelectMany(file => new[]
            {
                ($"{Upper(file)}_DATABASE_URI", folder.Seen(file.Path)),
                ($"{Upper(file)}_DATABASE_TYPE", file.Format),
            }),
        ];
        return
        [
            .. values.Select(value => $"{value.Name}={(plain ? value.Value : V4Text.Encode(value.Value))}"),
            $"{ContextFile}={folder.Seen(folder.Context)}",
        ];
    }

    /// <summary>Two labels that an image could not tell apart.</summary>
    public static string? Clash(IEnumerable<string> labels) =>
        labels.GroupBy(label => label.ToUpperInvariant()).FirstOrDefault(same => same.Count() > 1)?.Key;

    private static string Upper(RunData file) => file.Label.ToUpperInvariant();
}
