using System.Text.Json;
using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Runs.Storage;
using Vantage.Protocol.Charters;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;

namespace Vantage.NodeAgent.Trust.Charters;

/// <summary>The versions of one charter on the disk. They are judged again whenever they are read: the file proves nothing.</summary>
internal static class CharterFile
{
    public static CharterLine? Read(NodeHome home, CollaborationId collaboration, DateTimeOffset now)
    {
        var path = PathOf(home, collaboration);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return CharterLine.Replay(JsonSerializer.Deserialize(File.ReadAllBytes(path), ProtocolJson.Default.ListSignedCharter) ?? [], now);
        }
        catch (JsonException e)
        {
            throw new CharterException(CharterFault.CharterInvalid,
                $"{path} is damaged: {e.Message} Nobody is believed by this charter until it is restored. Without the file the node takes the "
                + "charter anew, and could not tell an older version from the newest.", e);
        }
    }

    public static void Write(NodeHome home, CollaborationId collaboration, CharterLine line)
    {
        if (!Directory.Exists(home.Charters))
        {
            Durable.CreateFolder(home.Charters);
        }

        Durable.Replace(PathOf(home, collaboration), JsonSerializer.SerializeToUtf8Bytes(
            [.. line.Versions.Select(version => version.Signed)], ProtocolJson.Default.ListSignedCharter));
    }

    private static string PathOf(NodeHome home, CollaborationId collaboration) =>
        Path.Combine(home.Charters, $"{collaboration}.json");
}
