using System.Buffers.Text;
using System.Text.Json;
using Vantage.Protocol.Json;
using Vantage.Protocol.Manifests;
using Vantage.Protocol.Signatures;

namespace Vantage.Tests.Simulation;

/// <summary>Manifests in the shape of signed ones, for those who only read them.</summary>
internal static class Unsigned
{
    private static readonly string Header = Base64Url.EncodeToString(new JwsHeader(TaskManifest.JwsType, [[1]]).ToBytes());

    public static string Jws(TaskManifest manifest) =>
        $"{Header}.{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(manifest, SignedJson.Default.TaskManifest))}.AQ";
}
