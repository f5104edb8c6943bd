using Vantage.Protocol.Audits.Heads;

namespace Vantage.Protocol.Audits.Trails;

/// <summary>What a trail turned out to be.</summary>
public abstract record TrailVerdict
{
    private TrailVerdict()
    {
    }

    /// <param name="Head">Its last head.</param>
    /// <param name="Shown">How many entries could be read.</param>
    /// <param name="Hidden">How many of others were counted only.</param>
    /// <param name="Compared">How many heads kept elsewhere it was held against.</param>
    public sealed record Whole(AuditHead Head, long Shown, long Hidden, int Compared) : TrailVerdict;

    /// <param name="Fault">What is wrong.</param>
    /// <param name="Line">Of the file, from 1; 0 if it is the whole.</param>
    /// <param name="Entry">The first entry that can't be believed; null if it is about none.</param>
    /// <param name="Sentence">For the person who has to find out.</param>
    public sealed record Broken(TrailFault Fault, long Line, long? Entry, string Sentence) : TrailVerdict;
}

/// <summary>Why a trail is broken. Each has a stable code, its name in kebab-case.</summary>
public enum TrailFault
{
    /// <summary>A line is no line of a trail in its one spelling, or stands where it can't.</summary>
    LineMalformed,

    /// <summary>An entry is missing, doubled, put in or out of its place.</summary>
    SequenceBroken,

    /// <summary>An entry is not the one that its hash was taken of.</summary>
    EntryAltered,

    /// <summary>A head is not signed by the trail's key.</summary>
    HeadSignatureInvalid,

    /// <summary>The entries up to a signed head are not those that it was signed over.</summary>
    HeadMismatch,

    /// <summary>The trail ends before it should.</summary>
    Truncated,

    /// <summary>It is signed by another key than the one expected.</summary>
    OtherKey,

    /// <summary>It is another trail than the one expected.</summary>
    OtherTrail,

    /// <summary>It does not have what a head kept elsewhere vouches for: it was rolled back or written anew.</summary>
    NotWhatWasSigned,
}
