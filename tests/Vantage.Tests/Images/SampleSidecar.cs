using System.Text;
using System.Text.Json.Nodes;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Images;

namespace Vantage.Tests.Images;

/// <summary>Sidecars written out by hand, as another program would write them, and put beside an image.</summary>
internal static class SampleSidecar
{
    /// <summary>Of an image with a central function and a partial one.</summary>
    public static JsonObject Of(Digest image, long serial = 1, string version = "1.4.0") => JsonNode.Parse($$"""
        {
          "v": 1, "image": "{{image}}", "serial": {{serial}}, "contract": "vantage6-v4",
          "algorithm": { "v": 1, "name": "mean", "version": "{{version}}", "description": "A mean.", "functions": [
            { "name": "central", "kind": "central", "description": "All.", "arguments": {}, "data": [] },
            { "name": "partial", "kind": "partial", "description": "One.", "arguments": { "properties": { "column": {}, "weight": {} } },
              "result": { "type": "object", "properties": { "sum": { "type": "number" } } },
              "data": [{ "name": "table", "description": "Rows.", "columnArguments": ["column"] }] }
          ] }
        }
        """)!.AsObject();

    /// <summary>The digest of what is signed. Without a key nobody signs it.</summary>
    public static Digest PutSidecar(this ImageWorld world, Digest image, JsonObject sidecar, SigningKey? key, Digest? subject = null)
    {
        var document = Encoding.UTF8.GetBytes(sidecar.ToJsonString());
        const string type = "application/vnd.vantage.algorithm.sidecar.v1+json";
        var manifest = Encoding.UTF8.GetBytes(
            $$$"""{"schemaVersion":2,"mediaType":"{{{OciMedia.Manifest}}}","artifactType":"{{{type}}}","config":{"mediaType":"{{{OciMedia.Empty}}}","digest":"sha256:{{{SampleImage.Hex("{}"u8.ToArray())}}}","size":2},"layers":[{"mediaType":"{{{type}}}","digest":"sha256:{{{SampleImage.Hex(document)}}}","size":{{{document.Length}}}}],"subject":{"mediaType":"{{{OciMedia.Manifest}}}","digest":"{{{subject ?? image}}}","size":1}}""");
        var digest = Digest.Of(manifest);
        world.Registry.PutBlob(document);
        world.Registry.Put("manifests", digest.ToString(), manifest, OciMedia.Manifest);
        world.Registry.Put("manifests", $"sha256-{image.ToHex()}.vantage", manifest, OciMedia.Manifest);
        if (key is not null)
        {
            world.SignByTag(digest, key);
        }

        return digest;
    }
}
