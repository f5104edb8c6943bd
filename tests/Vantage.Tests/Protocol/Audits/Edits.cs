using System.Text;
using Vantage.Protocol.Audits;
using Vantage.Protocol.Audits.Heads;
using Vantage.Protocol.Audits.Trails;
using Vantage.Protocol.Audits.Trees;

namespace Vantage.Tests.Protocol.Audits;

/// <summary>What can be done to a trail.</summary>
internal static class Edits
{
    public static List<byte[]> OfFile(IReadOnlyList<string> lines, Random random, out string what)
    {
        var edited = lines.Select(Encoding.UTF8.GetBytes).ToList();
        var at = random.Next(edited.Count);
        switch (random.Next(7))
        {
            case 0:
                var bit = random.Next(edited[at].Length * 8);
                edited[at][bit / 8] ^= (byte)(1 << (bit % 8));
                what = $"bit {bit} of line {at + 1} flipped";
                break;
            case 1:
                edited.RemoveAt(at);
                what = $"line {at + 1} removed";
                break;
            case 2:
                edited.Insert(random.Next(edited.Count + 1), edited[at]);
                what = $"line {at + 1} doubled";
                break;
            case 3:
                var other = (at + 1 + random.Next(edited.Count - 1)) % edited.Count;
                (edited[at], edited[other]) = (edited[other], edited[at]);
                what = $"lines {at + 1} and {other + 1} swapped";
                break;
            case 4:
                edited.RemoveRange(at, edited.Count - at);
                what = $"cut before line {at + 1}";
                break;
            case 5:
                edited[at] = edited[at][..random.Next(edited[at].Length)];
                what = $"line {at + 1} cut short";
                break;
            default:
                var place = random.Next(edited[at].Length + 1);
                edited[at] = [.. edited[at][..place], (byte)random.Next(256), .. edited[at][place..]];
                what = $"a byte put into line {at + 1} at {place}";
                break;
        }

        return edited;
    }

    public static List<AuditRecord> OfEntries(Trail trail, Random random, out string what)
    {
        var entries = trail.Entries.ToList();
        var at = random.Next(entries.Count);
        var kind = random.Next(5);
        what = $"kind {kind} at entry {at + 1}";
        switch (kind)
        {
            case 0:
                entries[at] = Altered(entries[at], random);
                break;
            case 1:
                entries.RemoveAt(at);
                break;
            case 2:
                entries.Insert(at, trail.Entry(at + 1, "forged"));
                break;
            case 3:
                var other = (at + 1 + random.Next(entries.Count - 1)) % entries.Count;
                (entries[at], entries[other]) = (entries[other], entries[at]);
                break;
            default:
                entries.RemoveRange(at, entries.Count - at);
                break;
        }

        // The forger numbers them anew: no gap gives the change away.
        return [.. entries.Select((entry, i) => entry with { Sequence = i + 1 })];
    }

    /// <summary>The best file that can be made of these entries without the key: every hash fits, and the head is the true one.</summary>
    public static List<string> Forged(Trail trail, List<AuditRecord> entries, AuditHead head) =>
    [
        Trail.Text(new(Trail: new TrailStart(1, trail.Chain, trail.Key.PublicKey.ToSubjectPublicKeyInfo(), entries.Count, 1))),
        .. entries.Select(entry => Trail.Text(new(Entry: TrailEntry.Of(entry)))),
        Trail.Text(new(Head: head with { Size = entries.Count })),
    ];

    /// <summary>What somebody sees who may read these entries only.</summary>
    public static List<string> View(Trail trail, HashSet<long> own, int[] heads)
    {
        var lines = new List<string> { trail.Export(heads)[0] };
        var at = 0L;
        foreach (var end in own.Select(sequence => sequence - 1).Concat(own).Concat(heads.Select(head => (long)head)).Distinct().Order())
        {
            if (end > at && own.Contains(end))
            {
                lines.Add(Trail.Text(new(Entry: TrailEntry.Of(trail.Entries[(int)end - 1]))));
            }
            else if (end > at)
            {
                lines.AddRange(SubtreePlace.Cover(at, end).Select(place => Trail.Text(new(Hidden: new HiddenEntries(place.First + 1, place.Level,
                    TreeTests.Grown(trail.Entries.Skip((int)place.First).Take((int)place.Count).Select(entry => entry.Hash())).Root)))));
            }

            at = Math.Max(at, end);
            if (heads.Contains((int)end))
                lines.Add(Trail.Text(new(Head: trail.Head((int)end))));
        }

        return lines;
    }

    private static AuditRecord Altered(AuditRecord entry, Random random) => random.Next(7) switch
    {
        0 => entry with { Actor = entry.Actor + "0" },
        1 => entry with { Action = "task.cancel" },
        2 => entry with { Subject = entry.Subject[..^1] },
        3 => entry with { At = entry.At.AddMicroseconds(1 + random.Next(1000)) },
        4 => entry with { Organization = new(new Guid(entry.Salt)) },
        5 => entry with { Details = [.. entry.Details ?? [], new AuditDetail("rule", "another")] },
        _ => entry with { Salt = [.. entry.Salt[..^1], (byte)(entry.Salt[^1] ^ 1)] },
    };
}
