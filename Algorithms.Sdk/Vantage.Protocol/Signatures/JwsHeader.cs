using System.Buffers;
using System.Text.Json;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Json;

namespace Vantage.Protocol.Signatures;

/// <summary>The protected header: <c>alg</c> (ES256), <c>typ</c> and <c>x5c</c>, each once, and nothing else.</summary>
/// <param name="Type">What the document is, such as <c>vantage-manifest+jws</c>.</param>
/// <param name="Certificates">DER: the signer's and its root's, or the root's alone.</param>
public sealed record JwsHeader(string Type, IReadOnlyList<byte[]> Certificates)
{
    private const string Algorithm = "ES256";

    public static JwsHeader For(string type, CertificateChain chain) => new(
        type,
        ReferenceEquals(chain.Signer, chain.Root)
            ? [chain.Root.Der.ToArray()]
            : [chain.Signer.Der.ToArray(), chain.Root.Der.ToArray()]);

    public byte[] ToBytes()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("alg", Algorithm);
            writer.WriteString("typ", Type);
            writer.WriteStartArray("x5c");
            foreach (var certificate in Certificates)
                writer.WriteBase64StringValue(certificate);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    public static JwsHeader Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return Read(new Utf8JsonReader(json));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new SignatureException(SignatureFault.JwsHeaderRefused, "The header of the signed document is not well formed.", e);
        }
    }

    private static JwsHeader Read(Utf8JsonReader reader)
    {
        string? algorithm = null, type = null;
        List<byte[]>? certificates = null;
        Expect(ref reader, JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var member = reader.GetString();
            reader.Read();
            switch (member)
            {
                case "alg" when algorithm is null:
                    algorithm = reader.GetString();
                    break;
                case "typ" when type is null:
                    type = reader.GetString();
                    break;
                case "x5c" when certificates is null:
                    certificates = ReadCertificates(ref reader);
                    break;
                default:
                    throw Refuse($"it has an unknown or doubled member '{member}'");
            }
        }

        if (reader.TokenType != JsonTokenType.EndObject || reader.Read())
            throw new JsonException();
        return algorithm != Algorithm ? throw Refuse("its algorithm is not ES256")
            : type is null || certificates is not { Count: 1 or 2 } ? throw Refuse("typ or one or two certificates are missing")
            : new JwsHeader(type, certificates);
    }

    private static List<byte[]> ReadCertificates(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException();
        var certificates = new List<byte[]>();
        while (reader.Read() && reader.TokenType == JsonTokenType.String)
            certificates.Add(ExactBase64.Decode(reader.GetString()!));
        return reader.TokenType == JsonTokenType.EndArray ? certificates : throw new JsonException();
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType token)
    {
        if (!reader.Read() || reader.TokenType != token)
            throw new JsonException();
    }

    private static SignatureException Refuse(string why) =>
        new(SignatureFault.JwsHeaderRefused, $"The header of the signed document is refused: {why}.");
}
