using System.Text.Json;
using System.Text.Json.Serialization;
using Vantage.NodeAgent.Hosting;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;

namespace Vantage.NodeAgent.Trust;

/// <summary>What enrolment said this node is.</summary>
/// <param name="Code">The enrolment code, kept until the node is certified: by it the node learns that it was.</param>
internal sealed record NodeIdentity(NodeId Node, OrganizationId Organization, string Name, string? Code = null)
{
    /// <summary>Null if this node has not been enrolled.</summary>
    public static NodeIdentity? Find(NodeHome home)
    {
        if (!File.Exists(home.Identity))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(KeyFile.Load(home.Identity), TrustJson.Default.NodeIdentity)
                ?? throw new JsonException("The file holds null.");
        }
        catch (JsonException e)
        {
            throw CommandFailure.Configuration(
                $"{home.Identity} is damaged: {e.Message} Restore it, or set the node up anew with a new code.", e);
        }
        catch (KeyFileException e)
        {
            throw CommandFailure.Configuration(e.Message, e);
        }
    }

    public void Save(NodeHome home) =>
        KeyFile.Save(home.Identity, JsonSerializer.Serialize(this, TrustJson.Default.NodeIdentity) + "\n");
}

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    WriteIndented = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(NodeIdentity))]
internal sealed partial class TrustJson : JsonSerializerContext;
