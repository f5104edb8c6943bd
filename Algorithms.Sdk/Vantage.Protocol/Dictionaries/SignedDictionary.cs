using System.Text;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Json;
using Vantage.Protocol.Signatures;

namespace Vantage.Protocol.Dictionaries;

/// <summary>A dictionary as a person published it.</summary>
/// <param name="Statement">What was signed.</param>
/// <param name="Dictionary">What its text says.</param>
/// <param name="Signer">By whom.</param>
public sealed record SignedDictionary(DictionaryStatement Statement, DataDictionary Dictionary, CertifiedIdentity Signer)
{
    /// <summary>Signs as a person.</summary>
    public static string Sign(DictionaryStatement statement, SigningKey key, CertificateChain chain)
    {
        Read(statement);
        return SignedDocument.Sign(statement, DictionaryStatement.JwsType, SignedJson.Default.DictionaryStatement, key, chain);
    }

    /// <summary>Throws <see cref="TrustException"/> unless a person whom a believed root certified signed exactly this.</summary>
    /// <param name="jws">The signed statement.</param>
    /// <param name="trust">Whose roots are believed.</param>
    /// <param name="at">The instant at which the signer's certificate has to be valid.</param>
    public static SignedDictionary Verify(string jws, ITrust trust, DateTimeOffset at)
    {
        var verified = SignedDocument.Verify(jws, DictionaryStatement.JwsType, SignedJson.Default.DictionaryStatement, trust, at);
        return verified.Signer.Principal is Principal.User
            ? new(verified.Value, Read(verified.Value), verified.Signer)
            : throw new SignatureException(SignatureFault.WrongSigner,
                $"The dictionary is signed by {verified.Signer.Identity}: only a person with a certified signing key can.");
    }

    private static DataDictionary Read(DictionaryStatement statement)
    {
        if (statement.V != 1)
            throw Invalid("its version is not 1");
        try
        {
            var read = DataDictionary.Read(Encoding.UTF8.GetBytes(statement.Text));
            return read.Ref == statement.Dictionary ? read : throw Invalid("its name, version or digest is not that of its text");
        }
        catch (DictionaryException e)
        {
            throw Invalid(e.Message);
        }
    }

    private static SignatureException Invalid(string why) => new(SignatureFault.ContentInvalid, $"The dictionary is not well formed: {why}");
}
