using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using Vantage.Protocol.Cryptography;

namespace Vantage.NodeAgent.Data.Rows;

/// <summary>
/// Passes rows on, and makes a digest of all of them that does not depend on their order: a database gives the same rows
/// in another one whenever it likes. It is the sum of the rows' digests, which tells of every change that somebody makes
/// to data of their own; it is not meant to withstand whoever searches for rows that cancel out.
/// </summary>
internal sealed class DigestedRows(TableRows inner) : TableRows
{
    private static readonly BigInteger Modulus = BigInteger.One << 256;
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private BigInteger sum;
    private long rows;

    public override IReadOnlyList<string> Columns => inner.Columns;

    public override long Line => inner.Line;

    /// <summary>Of what was read so far, and of the columns' names.</summary>
    public Digest Content => Digest.OfText($"{string.Join('\u001F', Columns)}\n{rows}\n{sum % Modulus:x}");

    public override bool Read()
    {
        if (!inner.Read())
        {
            return false;
        }

        Span<byte> length = stackalloc byte[4];
        for (var i = 0; i < Columns.Count; i++)
        {
            var cell = inner.Cell(i);
            BinaryPrimitives.WriteInt32LittleEndian(length, cell.Length);
            hash.AppendData(length);
            hash.AppendData(cell);
        }

        Span<byte> digest = stackalloc byte[32];
        hash.GetHashAndReset(digest);
        sum += new BigInteger(digest, isUnsigned: true);
        rows++;
        return true;
    }

    public override ReadOnlySpan<byte> Cell(int column) => inner.Cell(column);

    public override string Where(long line) => inner.Where(line);

    public override SourceException NotANumber(int column, bool otherwise) => inner.NotANumber(column, otherwise);

    public override SourceException OtherDecimal(long line, int column) => inner.OtherDecimal(line, column);

    public override void Dispose()
    {
        hash.Dispose();
        inner.Dispose();
    }
}
