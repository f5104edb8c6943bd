using System.Security.Cryptography;
using Vantage.Protocol.Json;

namespace Vantage.Protocol.Envelopes;

/// <summary>Why an envelope does not open. The set is closed; each has a stable code, its name in kebab-case.</summary>
public enum EnvelopeFault
{
    NotAnEnvelope,
    UnsupportedVersion,
    UnsupportedSuite,
    MalformedHeader,
    NotARecipient,
    KeyNotUnwrapped,
    HeaderTampered,
    BodyTampered,
    Truncated,
}

/// <summary>An envelope that does not open. Nothing of its content has been given out beyond what was authenticated.</summary>
public sealed class EnvelopeException(EnvelopeFault fault, Exception? innerException = null)
    : CryptographicException(Explain(fault), innerException)
{
    public EnvelopeFault Fault { get; } = fault;

    /// <summary>Such as <c>not-a-recipient</c>.</summary>
    public string Code => Fault.ToExactName();

    private static string Explain(EnvelopeFault fault) => fault switch
    {
        EnvelopeFault.NotAnEnvelope =>
            "These bytes are not a Vantage envelope: they do not begin with 'VNTGENV'. Is it the right file, and undecoded?",
        EnvelopeFault.UnsupportedVersion =>
            "The envelope has a version that this program does not know. A newer Vantage made it: update this one.",
        EnvelopeFault.UnsupportedSuite =>
            "The envelope uses a cipher suite that this program does not know. A newer Vantage made it: update this one.",
        EnvelopeFault.MalformedHeader =>
            "The envelope's list of recipients is not well formed: it was damaged or made by a faulty program.",
        EnvelopeFault.NotARecipient =>
            "The envelope is not sealed to this key. Use the key that the task listed as a recipient, or ask a reader for a grant.",
        EnvelopeFault.KeyNotUnwrapped =>
            "The envelope names this key, but does not open for this run: it was made for another task, run, epoch or node, or "
            + "was altered on the way.",
        EnvelopeFault.HeaderTampered =>
            "The envelope's header was altered after it was sealed. Fetch it again; if it stays so, somebody on the way changes it.",
        EnvelopeFault.BodyTampered =>
            "The envelope's content was altered after it was sealed. Fetch it again; if it stays so, somebody on the way changes it.",
        EnvelopeFault.Truncated => "The envelope ends too early: part of it is missing. Fetch it again.",
        _ => throw new ArgumentOutOfRangeException(nameof(fault)),
    };
}
