using System.Security.Cryptography;
using System.Text.Json;
using Vantage.Protocol.Audits.Heads;
using Vantage.Protocol.Audits.Trees;
using Vantage.Protocol.Cryptography;

namespace Vantage.Protocol.Audits.Trails;

/// <summary>What a trail is held against, from somewhere else than the trail itself.</summary>
/// <param name="Key">Whose signatures count; null believes the key that the trail names.</param>
/// <param name="Heads">Kept by others: nodes, auditors, an earlier export.</param>
public sealed record TrailExpectation(KeyId? Key, IReadOnlyList<AuditHead> Heads);

/// <summary>Verifies an exported trail line by line, in constant memory. Not thread-safe; after the first fault it reads no further.</summary>
public sealed class TrailVerifier(TrailExpectation expected)
{
    private readonly Queue<AuditHead> kept = new(expected.Heads.OrderBy(head => head.Size));
    private readonly Frontier tree = new();
    private TrailStart? start;
    private SigningPublicKey? key;
    private AuditHead? last;
    private TrailVerdict.Broken? fault;
    private long line;
    private int heads;
    private long hidden;

    /// <summary>False once the trail is broken.</summary>
    public bool Read(ReadOnlySpan<byte> json)
    {
        if (fault is not null)
            return false;
        line++;
        try
        {
            fault = TrailJson.ReadLine(json) switch
            {
                { Trail: { } trail, Entry: null, Hidden: null, Head: null } when line == 1 => Begin(trail),
                { Trail: null, Entry: { } entry, Hidden: null, Head: null } when line > 1 => Next(entry),
                { Trail: null, Entry: null, Hidden: { } others, Head: null } when line > 1 => Skip(others),
                { Trail: null, Entry: null, Hidden: null, Head: { } head } when line > 1 => Check(head),
                _ => Malformed("it says nothing, more than one thing, or stands where it can't"),
            };
        }
        catch (JsonException e)
        {
            fault = Malformed(e.Message);
        }

        return fault is null;
    }

    /// <summary>After the last line.</summary>
    public TrailVerdict Complete()
    {
        try
        {
            return fault ?? (start is null ? Broken(TrailFault.Truncated, null, "There is no trail: nothing was there to read.") : End(start));
        }
        finally
        {
            key?.Dispose();
        }
    }

    private TrailVerdict End(TrailStart trail)
    {
        if (tree.Size != trail.Size || heads != trail.Heads || last is null || last.Size != tree.Size)
        {
            return Broken(TrailFault.Truncated, tree.Size + 1,
                $"It ends after {tree.Size} entries and {heads} heads; it has to have {trail.Size} and {trail.Heads}, a head the last of all.");
        }

        return kept.TryPeek(out var missing)
            ? Broken(TrailFault.NotWhatWasSigned, tree.Size + 1,
                $"It ends after {tree.Size} entries; a head kept elsewhere, signed on {missing.At:u}, is of {missing.Size}: the later ones were taken away.")
            : new TrailVerdict.Whole(last, tree.Size - hidden, hidden, expected.Heads.Count);
    }

    private TrailVerdict.Broken? Begin(TrailStart trail)
    {
        try
        {
            key = SigningPublicKey.FromSubjectPublicKeyInfo(trail.Key);
        }
        catch (CryptographicException e)
        {
            return Malformed(e.Message);
        }

        start = trail;
        if (trail.V != 1 || trail.Size < 0 || trail.Heads < 1)
            return Malformed("its version is not 1, or it can't have so few entries or heads");
        if (expected.Key is { } known && known != key.KeyId)
            return Broken(TrailFault.OtherKey, null, $"It is signed by the key {key.KeyId}, not by {known}.");
        if (expected.Heads.FirstOrDefault(head => head.Chain != trail.Chain) is { } other)
            return Broken(TrailFault.OtherTrail, null, $"It is the trail {trail.Chain}; a head kept elsewhere is of {other.Chain}: the trail was begun anew.");
        if (expected.Heads.FirstOrDefault(head => !head.IsSignedBy(key)) is { } foreign)
        {
            return Broken(TrailFault.HeadSignatureInvalid, null,
                $"A head kept elsewhere, of {foreign.Size} entries, is not signed by this trail's key {key.KeyId}: it is no evidence about this trail.");
        }

        return Compare();
    }

    private TrailVerdict.Broken? Next(TrailEntry entry)
    {
        if (entry.Sequence != tree.Size + 1)
            return Broken(TrailFault.SequenceBroken, tree.Size + 1, $"Entry {tree.Size + 1} should stand here, and {entry.Sequence} does.");
        var holds = entry.Salt.Length == AuditRecord.SaltSize && entry.Details is not { Count: 0 } && entry.At == AuditRecord.Exactly(entry.At)
            && entry.Record.Hash() == entry.Hash;
        if (!holds)
            return Broken(TrailFault.EntryAltered, entry.Sequence, $"Entry {entry.Sequence} is not the one that its hash was taken of: it was altered.");
        tree.Append(entry.Hash);
        return Compare();
    }

    private TrailVerdict.Broken? Skip(HiddenEntries others)
    {
        if (others.First != tree.Size + 1 || !tree.Takes(others.Level))
            return Broken(TrailFault.SequenceBroken, tree.Size + 1, $"Entry {tree.Size + 1} should stand here, and 2^{others.Level} hidden ones from {others.First} do.");
        tree.Append(others.Level, others.Hash);
        hidden += 1L << others.Level;
        return Compare();
    }

    private TrailVerdict.Broken? Check(AuditHead head)
    {
        if (head.Chain != start!.Chain || !head.IsSignedBy(key!))
            return Broken(TrailFault.HeadSignatureInvalid, null, $"The head of {head.Size} entries is not signed by the trail's key {key!.KeyId}.");
        if (head.Size != tree.Size || (last is not null && head.Size <= last.Size))
            return Broken(TrailFault.SequenceBroken, tree.Size + 1, $"The head of {head.Size} entries stands after {tree.Size}.");
        if (head.Root != tree.Root)
        {
            return Broken(TrailFault.HeadMismatch, (last?.Size ?? 0) + 1,
                $"Entries {(last?.Size ?? 0) + 1} to {head.Size} are not those that were signed on {head.At:u}: at least one was altered, with its hash.");
        }

        (last, heads) = (head, heads + 1);
        return null;
    }

    /// <summary>Against what others keep, as soon as there are as many entries.</summary>
    private TrailVerdict.Broken? Compare()
    {
        while (kept.TryPeek(out var head) && head.Size <= tree.Size)
        {
            if (head.Size < tree.Size)
            {
                return Broken(TrailFault.NotWhatWasSigned, head.Size + 1,
                    $"A head kept elsewhere is of {head.Size} entries, and this export hides that place within a larger range: export it again and give the head then.");
            }

            if (head.Root != tree.Root)
            {
                return Broken(TrailFault.NotWhatWasSigned, (last?.Size ?? 0) + 1,
                    $"Among the first {head.Size} entries some are not those that a head kept elsewhere vouches for, signed on {head.At:u}: the trail was rolled back and written anew.");
            }

            kept.Dequeue();
        }

        return null;
    }

    private TrailVerdict.Broken Malformed(string why) => Broken(TrailFault.LineMalformed, null, $"Line {line} is no line of a trail: {why}");

    private TrailVerdict.Broken Broken(TrailFault what, long? entry, string sentence) => new(what, line, entry, sentence);
}
