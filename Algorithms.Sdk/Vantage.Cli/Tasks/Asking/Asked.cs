using System.Text.Json;
using Vantage.Cli.CommandLine;
using Vantage.Client.Home;
using Vantage.Client.Tasks;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;

namespace Vantage.Cli.Tasks.Asking;

/// <summary>
/// What the asker alone knows of a question that runs on without this process: its arguments, which the Coordinator
/// never sees, and who could not be asked.
/// </summary>
internal sealed record Asked(string Algorithm, JsonElement? Arguments, IReadOnlyList<SiteNotAsked> NotAsked)
{
    public static void Remember(ClientHome home, TaskId task, string algorithm, byte[]? arguments,
        IReadOnlyList<SiteNotAsked> notAsked)
    {
        var folder = Path.Combine(home.Directory, "asked");
        Directory.CreateDirectory(folder);
        JsonElement? json = arguments is null ? null
            : JsonSerializer.Deserialize(arguments, CliJson.Default.JsonElement);
        KeyFile.Save(PathOf(home, task),
            JsonSerializer.Serialize(new Asked(algorithm, json, notAsked), CliJson.Default.Asked));
    }

    /// <summary>Null when the question was asked from elsewhere.</summary>
    public static Asked? Recall(ClientHome home, TaskId task)
    {
        try
        {
            return File.Exists(PathOf(home, task))
                ? JsonSerializer.Deserialize(KeyFile.Load(PathOf(home, task)), CliJson.Default.Asked) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string PathOf(ClientHome home, TaskId task) => Path.Combine(home.Directory, "asked", $"{task}.json");
}
