namespace Vantage.Protocol.Audits.Heads;

/// <summary>What becomes of an offered head.</summary>
public abstract record HeadVerdict
{
    private HeadVerdict()
    {
    }

    /// <summary>Keep this one from now on.</summary>
    public sealed record Good(AuditHead Keep) : HeadVerdict;

    /// <summary>What was held stays; somebody has to be told.</summary>
    public sealed record Bad(HeadFault Fault, string Sentence) : HeadVerdict;
}

/// <summary>Why a head is not believed. Each has a stable code, its name in kebab-case.</summary>
public enum HeadFault
{
    /// <summary>It isn't signed by the key that comes with it.</summary>
    HeadSignatureInvalid,

    /// <summary>Signed by another key than the one known.</summary>
    OtherKey,

    /// <summary>Of another trail than the one known: it was begun anew.</summary>
    OtherTrail,

    /// <summary>Of fewer entries than the one held: entries were taken away, as by restoring an old database.</summary>
    Rollback,

    /// <summary>The entries that the one held vouches for are no longer what they were.</summary>
    Fork,
}
