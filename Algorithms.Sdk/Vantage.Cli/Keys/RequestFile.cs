using System.Security.Cryptography;
using Vantage.Client.Errors;
using Vantage.Protocol.Identities;

namespace Vantage.Cli.Keys;

/// <summary>
/// A person's two certificate requests in one PEM file, the signing key's and the encryption key's. A line before them may say
/// what the device is called: for people, and certified by nobody.
/// </summary>
internal static class RequestFile
{
    private const string DeviceLine = "Device: ";

    public static string Write(KeyRequest signing, KeyRequest encryption, string? device = null) =>
        (device is null ? "" : $"{DeviceLine}{device}\n") + signing.ToPem() + encryption.ToPem();

    public static string? DeviceOf(string text) =>
        text.StartsWith(DeviceLine, StringComparison.Ordinal) ? text[DeviceLine.Length..].Split('\n', 2)[0].Trim() : null;

    public static (KeyRequest Signing, KeyRequest Encryption) Parse(string text, string path)
    {
        var requests = new List<KeyRequest>();
        try
        {
            for (var rest = text; PemEncoding.TryFind(rest, out var found); rest = rest[found.Location.End..])
            {
                requests.Add(KeyRequest.FromPem(rest[found.Location]));
            }
        }
        catch (CertificateException e)
        {
            throw Wrong(path, e.Message, e);
        }

        var signing = requests.Where(r => r.Purpose == CertificatePurpose.Signing).ToList();
        var encryption = requests.Where(r => r.Purpose == CertificatePurpose.Encryption).ToList();
        return (signing, encryption) is ([var one], [var other])
            ? (one, other)
            : throw Wrong(path, "it needs one request of a signing key and one of an encryption key.", null);
    }

    private static VantageException Wrong(string path, string why, Exception? e) =>
        new(ClientErrorCodes.CertificateUntrusted,
        $"{path} can't be used as a request: {why}", "Ask its sender for a new one (vantage keys request).", e);
}
