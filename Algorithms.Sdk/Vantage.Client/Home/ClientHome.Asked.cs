using System.Text.Json;
using Vantage.Client.Asking;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;

namespace Vantage.Client.Home;

/// <summary><c>asked/</c>: what only the asker knows of each question.</summary>
public sealed partial class ClientHome
{
    internal void WriteAsked(AskedQuestion question) =>
        Write(AskedPath(question.Job), JsonSerializer.Serialize(question, AskingJson.Default.AskedQuestion) + "\n");

    /// <summary>Null when the question was asked from elsewhere.</summary>
    internal AskedQuestion? ReadAsked(JobId job)
    {
        try
        {
            return File.Exists(AskedPath(job))
                && JsonSerializer.Deserialize(KeyFile.Load(AskedPath(job)), AskingJson.Default.AskedQuestion)
                    is { V: 1 } question ? question : null;
        }
        catch (JsonException)
        {
            // A convenience, not a record: what the sites answered can be read without it.
            return null;
        }
    }

    private string AskedPath(JobId job) => Path.Combine(Directory, "asked", $"{job}.json");
}
