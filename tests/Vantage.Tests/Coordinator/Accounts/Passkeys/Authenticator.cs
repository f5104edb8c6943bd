using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vantage.Protocol.Api;

namespace Vantage.Tests.Coordinator.Accounts.Passkeys;

/// <summary>What an authenticator and the browser before it do, so that each step can be done wrong.</summary>
internal sealed record Ceremony
{
    public const byte Present = 1;
    public const byte Verified = 4;
    public const byte BackupEligible = 8;
    public const byte BackedUp = 16;
    public const byte Attested = 64;

    public string? Type { get; init; }

    public string? Challenge { get; init; }

    public string? Origin { get; init; }

    public bool CrossOrigin { get; init; }

    public string RelyingParty { get; init; } = "localhost";

    public byte Flags { get; init; } = Present | Verified;

    public uint? Count { get; init; }

    public string Format { get; init; } = "none";

    public int Algorithm { get; init; } = -7;

    public string? UserHandle { get; init; }

    public byte[]? CredentialId { get; init; }

    /// <summary>Signs with this instead of the credential's own key.</summary>
    public ECDsa? Key { get; init; }

    /// <summary>Changes what goes out after everything was signed.</summary>
    public Action<JsonObject>? Bend { get; init; }
}

/// <summary>
/// A software authenticator: ES256, attestation none or packed (by itself), written from the Web Authentication
/// recommendation alone, sections 6.1 (authenticator data), 6.5 (attestation) and 7 (what a relying party checks).
/// </summary>
internal sealed class Authenticator(string origin) : IDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] id = RandomNumberGenerator.GetBytes(32);
    private uint count;
    private string? owner;

    public byte[] Id => id;

    public AddPasskey Register(PasskeyChallenge asked, Ceremony? how = null, string name = "my key")
    {
        how ??= new Ceremony();
        owner = asked.Options.GetProperty("user").GetProperty("id").GetString();
        var client = Client(how, "webauthn.create", asked);
        var point = (how.Key ?? key).ExportParameters(false).Q;
        byte[] cose = [0xa5, 1, 2, 3, .. Cbor(how.Algorithm), 0x20, 1, 0x21, 0x58, 0x20, .. point.X!, 0x22, 0x58, 0x20, .. point.Y!];
        byte[] data =
        [
            .. Data(how, (byte)(how.Flags | Ceremony.Attested), how.Count ?? count), .. new byte[16],
            .. BigEndian((ushort)id.Length), .. id, .. cose,
        ];
        byte[] statement = how.Format == "none" ? [0xa0]
            : [0xa2, .. Text("alg"), .. Cbor(-7), .. Text("sig"), .. Bytes(Sign(how, [.. data, .. SHA256.HashData(client)]))];
        byte[] attestation = [0xa3, .. Text("fmt"), .. Text(how.Format), .. Text("attStmt"), .. statement, .. Text("authData"), .. Bytes(data)];
        return new AddPasskey(name, asked.State, Credential(how, new JsonObject
        {
            ["clientDataJSON"] = Base64(client), ["attestationObject"] = Base64(attestation), ["transports"] = new JsonArray("internal"),
        }));
    }

    public PasskeySignIn Assert(PasskeyChallenge asked, Ceremony? how = null)
    {
        how ??= new Ceremony();
        var client = Client(how, "webauthn.get", asked);
        var data = Data(how, how.Flags, how.Count ?? ++count);
        return new PasskeySignIn(asked.State, Credential(how, new JsonObject
        {
            ["clientDataJSON"] = Base64(client), ["authenticatorData"] = Base64(data),
            ["signature"] = Base64(Sign(how, [.. data, .. SHA256.HashData(client)])), ["userHandle"] = how.UserHandle ?? owner,
        }));
    }

    public void Dispose() => key.Dispose();

    private byte[] Client(Ceremony how, string type, PasskeyChallenge asked) => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["type"] = how.Type ?? type,
        ["challenge"] = how.Challenge ?? asked.Options.GetProperty("challenge").GetString(),
        ["origin"] = how.Origin ?? origin,
        ["crossOrigin"] = how.CrossOrigin,
    }.ToJsonString());

    private byte[] Sign(Ceremony how, byte[] bytes) => (how.Key ?? key).SignData(bytes, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    private JsonElement Credential(Ceremony how, JsonObject response)
    {
        var credential = new JsonObject
        {
            ["id"] = Base64(how.CredentialId ?? id), ["rawId"] = Base64(how.CredentialId ?? id), ["type"] = "public-key",
            ["response"] = response, ["clientExtensionResults"] = new JsonObject(), ["authenticatorAttachment"] = "platform",
        };
        how.Bend?.Invoke(credential);
        return JsonDocument.Parse(credential.ToJsonString()).RootElement.Clone();
    }

    private static byte[] Data(Ceremony how, byte flags, uint signCount)
    {
        var number = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(number, signCount);
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(how.RelyingParty)), flags, .. number];
    }

    private static byte[] Text(string text) => [(byte)(0x60 + text.Length), .. Encoding.ASCII.GetBytes(text)];

    private static byte[] Bytes(byte[] bytes) => bytes.Length < 256
        ? [0x58, (byte)bytes.Length, .. bytes]
        : [0x59, .. BigEndian((ushort)bytes.Length), .. bytes];

    /// <summary>Negative numbers down to -65536.</summary>
    private static byte[] Cbor(int negative) => -1 - negative < 24 ? [(byte)(0x20 + (-1 - negative))]
        : -1 - negative < 256 ? [0x38, (byte)(-1 - negative)]
        : [0x39, .. BigEndian((ushort)(-1 - negative))];

    private static byte[] BigEndian(ushort number) => [(byte)(number >> 8), (byte)number];

    private static string Base64(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}
