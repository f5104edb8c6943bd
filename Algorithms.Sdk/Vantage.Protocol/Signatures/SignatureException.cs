using Vantage.Protocol.Identities;
using Vantage.Protocol.Json;

namespace Vantage.Protocol.Signatures;

/// <summary>Why a signed document is not believed. The set is closed; each has a stable code, its name in kebab-case.</summary>
public enum SignatureFault
{
    /// <summary>Not a compact JWS in its exact spelling, or too large.</summary>
    JwsMalformed,

    /// <summary>The header is not exactly <c>alg</c>, <c>typ</c> and <c>x5c</c>, or <c>alg</c> is not ES256.</summary>
    JwsHeaderRefused,

    /// <summary>A signed document of another type.</summary>
    WrongType,

    /// <summary>The signature does not fit: the document was altered.</summary>
    SignatureInvalid,

    /// <summary>The signed content is not what its type says: unknown, missing or doubled members, or wrong values.</summary>
    ContentInvalid,

    /// <summary>The signer is known but not the one who may sign this.</summary>
    WrongSigner,

    /// <summary>An older statement than one already seen.</summary>
    Superseded,
}

/// <summary>A signed document that is not believed.</summary>
public sealed class SignatureException(SignatureFault fault, string message, Exception? innerException = null)
    : TrustException(message, innerException)
{
    public SignatureFault Fault { get; } = fault;

    public override string Code => Fault.ToExactName();
}
