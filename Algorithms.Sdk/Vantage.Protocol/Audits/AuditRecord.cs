using System.Buffers.Binary;
using System.Text;
using Vantage.Protocol.Audits.Trees;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;

namespace Vantage.Protocol.Audits;

/// <summary>What an audit trail holds: who did what to which thing. Its hash is a leaf of the trail's tree.</summary>
/// <param name="Sequence">Its place, from 1, without gaps.</param>
/// <param name="At">To the microsecond, in UTC.</param>
/// <param name="Actor">A node's id, a person's pseudonym, or which part of the program.</param>
/// <param name="Action">Such as <c>node.invite</c>.</param>
/// <param name="Subject">To what: an id or a digest.</param>
/// <param name="Collaboration">Whose members' admins may read it.</param>
/// <param name="Organization">Whose admins may read it.</param>
/// <param name="Details">Further facts, in order; absent rather than empty.</param>
/// <param name="Salt">16 random bytes, so that nobody finds what a hash hides by trying.</param>
public sealed record AuditRecord(
    long Sequence,
    DateTimeOffset At,
    string Actor,
    string Action,
    string Subject,
    CollaborationId? Collaboration,
    OrganizationId? Organization,
    IReadOnlyList<AuditDetail>? Details,
    byte[] Salt)
{
    public const int SaltSize = 16;
    private static readonly byte[] Header = "vantage-audit-entry-v1\n"u8.ToArray();

    /// <summary>The entry in its one spelling (docs/protocol.md).</summary>
    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream();
        bytes.Write(Header);
        bytes.Write(Salt);
        Number(bytes, Sequence);
        Number(bytes, (At.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond);
        Text(bytes, Actor);
        Text(bytes, Action);
        Text(bytes, Subject);
        Text(bytes, Collaboration?.ToString() ?? "");
        Text(bytes, Organization?.ToString() ?? "");
        Number(bytes, Details?.Count ?? 0);
        foreach (var detail in Details ?? [])
        {
            Text(bytes, detail.Name);
            Text(bytes, detail.Value);
        }

        return bytes.ToArray();
    }

    /// <summary>Its leaf.</summary>
    public Digest Hash() => TreeHash.Leaf(ToBytes());

    /// <summary>An instant as an entry can hold it.</summary>
    public static DateTimeOffset Exactly(DateTimeOffset at) =>
        new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);

    private static void Number(Stream bytes, long value)
    {
        Span<byte> number = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(number, value);
        bytes.Write(number);
    }

    private static void Text(Stream bytes, string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        Number(bytes, utf8.Length);
        bytes.Write(utf8);
    }
}

/// <summary>One further fact of an entry.</summary>
public sealed record AuditDetail(string Name, string Value);
