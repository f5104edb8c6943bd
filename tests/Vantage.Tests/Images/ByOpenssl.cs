using System.Text;
using Vantage.Protocol.Images;

namespace Vantage.Tests.Images;

/// <summary>
/// Signatures as cosign's specifications describe them, put together as text, signed by openssl: none of our own code has
/// a hand in them.
/// </summary>
internal static class ByOpenssl
{
    private const string EmptyHex = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
    private const string Bundle = "application/vnd.dev.sigstore.bundle.v0.3+json";

    public static async Task<List<(string Reference, byte[] Manifest, byte[][] Blobs)>> SigTagAsync(SampleImage image, string key, string repository)
    {
        var payload = Bytes(
            $$$"""{"critical":{"identity":{"docker-reference":"{{{repository}}}"},"image":{"docker-manifest-digest":"{{{image.Digest}}}"},"type":"cosign container image signature"},"optional":{"creator":"openssl"}}""");
        var signature = Convert.ToBase64String(await OpenSsl.SignAsync(key, payload));
        var config = Bytes($$$"""{"architecture":"","os":"","rootfs":{"type":"layers","diff_ids":["sha256:{{{SampleImage.Hex(payload)}}}"]},"config":{}}""");
        var manifest = Bytes(
            $$$"""{"schemaVersion":2,"mediaType":"{{{OciMedia.Manifest}}}","config":{"mediaType":"{{{OciMedia.Config}}}","size":{{{config.Length}}},"digest":"sha256:{{{SampleImage.Hex(config)}}}"},"layers":[{"mediaType":"application/vnd.dev.cosign.simplesigning.v1+json","size":{{{payload.Length}}},"digest":"sha256:{{{SampleImage.Hex(payload)}}}","annotations":{"dev.cosignproject.cosign/signature":"{{{signature}}}"}}]}""");
        return [($"sha256-{SampleImage.Hex(image.Manifest)}.sig", manifest, [payload, config])];
    }

    public static async Task<List<(string Reference, byte[] Manifest, byte[][] Blobs)>> BundleAsync(SampleImage image, string key, string predicate = "https://sigstore.dev/cosign/sign/v1")
    {
        var hex = SampleImage.Hex(image.Manifest);
        var statement = Bytes(
            $$$"""{"_type":"https://in-toto.io/Statement/v1","subject":[{"digest":{"sha256":"{{{hex}}}"}}],"predicateType":"{{{predicate}}}","predicate":{}}""");
        byte[] signed = [.. Bytes($"DSSEv1 28 application/vnd.in-toto+json {statement.Length} "), .. statement];
        var signature = Convert.ToBase64String(await OpenSsl.SignAsync(key, signed));
        var spki = Convert.FromBase64String(string.Concat((await File.ReadAllLinesAsync(key + ".pub")).Where(line => !line.StartsWith('-'))));
        var hint = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(spki));
        var bundle = Bytes(
            $$$"""{"mediaType":"{{{Bundle}}}","verificationMaterial":{"publicKey":{"hint":"{{{hint}}}"},"tlogEntries":[]},"dsseEnvelope":{"payload":"{{{Convert.ToBase64String(statement)}}}","payloadType":"application/vnd.in-toto+json","signatures":[{"sig":"{{{signature}}}"}]}}""");
        var manifest = Bytes(
            $$$"""{"schemaVersion":2,"mediaType":"{{{OciMedia.Manifest}}}","artifactType":"{{{Bundle}}}","config":{"mediaType":"application/vnd.oci.empty.v1+json","size":2,"digest":"sha256:{{{EmptyHex}}}","data":"e30="},"layers":[{"mediaType":"{{{Bundle}}}","size":{{{bundle.Length}}},"digest":"sha256:{{{SampleImage.Hex(bundle)}}}"}],"subject":{"mediaType":"{{{OciMedia.Manifest}}}","size":{{{image.Manifest.Length}}},"digest":"sha256:{{{hex}}}"}}""");
        var index = Bytes(
            $$$"""{"schemaVersion":2,"mediaType":"{{{OciMedia.Index}}}","manifests":[{"mediaType":"{{{OciMedia.Manifest}}}","size":{{{manifest.Length}}},"digest":"sha256:{{{SampleImage.Hex(manifest)}}}","artifactType":"{{{Bundle}}}"}]}""");
        return [($"sha256:{SampleImage.Hex(manifest)}", manifest, [bundle, "{}"u8.ToArray()]), ($"sha256-{hex}", index, [])];
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
