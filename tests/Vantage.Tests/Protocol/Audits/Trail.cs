using System.Text;
using Vantage.Protocol.Audits;
using Vantage.Protocol.Audits.Heads;
using Vantage.Protocol.Audits.Trails;
using Vantage.Protocol.Audits.Trees;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;

namespace Vantage.Tests.Protocol.Audits;

/// <summary>A trail in memory, as its owner has it.</summary>
internal sealed class Trail : IDisposable
{
    private static readonly DateTimeOffset Began = new(2026, 5, 4, 3, 2, 1, TimeSpan.Zero);
    private readonly Random random;

    public Trail(int entries, int seed, SigningKey? key = null)
    {
        random = new Random(seed);
        Key = key ?? SigningKey.Create();
        Chain = AuditChainId.From(new Guid(Enumerable.Repeat((byte)seed, 16).ToArray()));
        for (var sequence = 1; sequence <= entries; sequence++)
            Entries.Add(Entry(sequence, $"tsk_{sequence:x32}"));
    }

    public SigningKey Key { get; }

    public AuditChainId Chain { get; }

    public List<AuditRecord> Entries { get; } = [];

    public AuditRecord Entry(int sequence, string subject)
    {
        var salt = new byte[AuditRecord.SaltSize];
        random.NextBytes(salt);
        return new AuditRecord(sequence, Began.AddSeconds(sequence).AddMicroseconds(sequence), "usr_" + new string('a', 32), "task.submit", subject,
            random.Next(2) == 0 ? null : CollaborationId.From(new Guid(salt)), null,
            random.Next(3) > 0 ? null : [new AuditDetail("rule", "none"), new AuditDetail("größe", "12\n\"x\"")], salt);
    }

    /// <summary>As the Coordinator writes it: without details.</summary>
    public Trail Plain()
    {
        for (var at = 0; at < Entries.Count; at++)
            Entries[at] = Entries[at] with { Details = null };
        return this;
    }

    public AuditHead Head(int size) => Sign(size, Key);

    public AuditHead Sign(int size, SigningKey key) =>
        AuditHead.Sign(Chain, size, TreeTests.Grown(Entries.Take(size).Select(entry => entry.Hash())).Root, Began.AddDays(1).AddSeconds(size), key);

    /// <summary>A head as the Coordinator shows it to a node that holds one of <paramref name="held"/> entries.</summary>
    public HeadOffer Offer(int held, int now) => new(Head(now), Key.PublicKey.ToSubjectPublicKeyInfo(),
    [
        .. Consistency.Plan(held, now).Select(range =>
            TreeTests.Grown(Entries.Skip((int)range.First).Take((int)(range.End - range.First)).Select(entry => entry.Hash())).Root),
    ]);

    /// <summary>Its export with heads at these sizes, the last of them the whole.</summary>
    public List<string> Export(params int[] heads)
    {
        var tree = new Frontier();
        List<TrailLine> lines = [new(Trail: new TrailStart(1, Chain, Key.PublicKey.ToSubjectPublicKeyInfo(), Entries.Count, heads.Length))];
        foreach (var entry in Entries)
        {
            tree.Append(entry.Hash());
            lines.Add(new(Entry: TrailEntry.Of(entry)));
            if (heads.Contains((int)entry.Sequence))
                lines.Add(new(Head: AuditHead.Sign(Chain, tree.Size, tree.Root, Began.AddDays(1).AddSeconds(tree.Size), Key)));
        }

        return [.. lines.Select(Text)];
    }

    public static string Text(TrailLine line) => Encoding.UTF8.GetString(TrailJson.Write(line));

    public static TrailVerdict Verify(IEnumerable<string> lines, KeyId? key = null, params AuditHead[] kept) =>
        Verify(lines.Select(Encoding.UTF8.GetBytes), key, kept);

    public static TrailVerdict Verify(IEnumerable<byte[]> lines, KeyId? key, AuditHead[] kept)
    {
        var verifier = new TrailVerifier(new TrailExpectation(key, kept));
        foreach (var line in lines)
            verifier.Read(line);
        return verifier.Complete();
    }

    public void Dispose() => Key.Dispose();
}
