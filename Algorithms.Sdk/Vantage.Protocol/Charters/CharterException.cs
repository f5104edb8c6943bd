using Vantage.Protocol.Identities;
using Vantage.Protocol.Json;

namespace Vantage.Protocol.Charters;

/// <summary>Why a version of a charter is not believed. The set is closed; each has a stable code, its name in kebab-case.</summary>
public enum CharterFault
{
    /// <summary>It breaks the rules of its format.</summary>
    CharterInvalid,

    /// <summary>It is another charter's, or another collaboration's.</summary>
    CharterForeign,

    /// <summary>It is older than one already accepted.</summary>
    CharterRolledBack,

    /// <summary>It stands beside one already accepted: two successors of one version, which somebody signed against the rules.</summary>
    CharterForked,

    /// <summary>Versions between the accepted one and this one are missing.</summary>
    CharterGap,

    /// <summary>Too few members of the version before agreed to it, before that version ended.</summary>
    CharterTooFewConsents,

    /// <summary>An organization would join, or change its root, that did not agree itself.</summary>
    CharterJoinsUnasked,

    /// <summary>A consent that is not to this charter.</summary>
    CharterConsentForeign,

    /// <summary>This organization, by the root that its admin installed, is not a member.</summary>
    CharterWithoutUs,

    /// <summary>It has ended, or has not begun.</summary>
    CharterNotInForce,
}

/// <summary>A charter that is not believed.</summary>
public sealed class CharterException(CharterFault fault, string message, Exception? innerException = null)
    : TrustException(message, innerException)
{
    public CharterFault Fault { get; } = fault;

    public override string Code => Fault.ToExactName();
}
