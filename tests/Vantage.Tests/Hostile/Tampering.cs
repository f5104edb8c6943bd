using System.Text;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Json;
using Vantage.Protocol.Manifests;
using Vantage.Protocol.Signatures;

namespace Vantage.Tests.Hostile;

/// <summary>What can be done to a signed document by somebody without the key.</summary>
internal static class Tampering
{
    /// <summary>Other content under the signature that was there.</summary>
    public static string Change(string jws, string from, string to)
    {
        var parts = jws.Split('.');
        Assert.True(ExactBase64Url.TryDecode(parts[1], out var payload));
        var text = Encoding.UTF8.GetString(payload);
        Assert.Contains(from, text);
        return $"{parts[0]}.{ExactBase64Url.Encode(Encoding.UTF8.GetBytes(text.Replace(from, to, StringComparison.Ordinal)))}.{parts[2]}";
    }

    /// <summary>Somebody's certificate over a signature by another key.</summary>
    public static string SignAs(TaskManifest manifest, CertificateChain chain, SigningKey key, string type = TaskManifest.JwsType) => Jws.Sign(
        JwsHeader.For(type, chain),
        System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(manifest, SignedJson.Default.TaskManifest), key);

    /// <summary>Another header over the same content, unsigned.</summary>
    public static string Header(string jws, string header) =>
        $"{ExactBase64Url.Encode(Encoding.UTF8.GetBytes(header))}.{jws.Split('.')[1]}.";
}
