namespace Vantage.Tests.Simulation.Disks;

/// <summary>A file's bytes as they are read now, and as a power cut would find them at the least.</summary>
internal sealed class SimFile
{
    private byte[] flushed = [];
    private byte[] bytes = [];

    public int Length { get; private set; }

    public bool IsDirty { get; private set; }

    public ReadOnlySpan<byte> Bytes => bytes.AsSpan(0, Length);

    public void Write(int at, ReadOnlySpan<byte> content)
    {
        SetLength(Math.Max(Length, at + content.Length));
        content.CopyTo(bytes.AsSpan(at));
        IsDirty = true;
    }

    public void SetLength(int length)
    {
        if (length > bytes.Length)
        {
            Array.Resize(ref bytes, Math.Max(length, bytes.Length * 2));
        }

        bytes.AsSpan(Math.Min(length, Length)..Math.Max(length, Length)).Clear();
        IsDirty |= length != Length;
        Length = length;
    }

    public void Flush()
    {
        if (IsDirty)
        {
            flushed = Bytes.ToArray();
            IsDirty = false;
        }
    }

    /// <summary>
    /// What was not flushed has vanished, survived, or survived in part: cut off somewhere, the rest missing or zero.
    /// </summary>
    public void Tear(Random random)
    {
        if (!IsDirty)
        {
            return;
        }

        var common = Bytes.CommonPrefixLength(flushed);
        var kept = random.Next(3) switch
        {
            0 => flushed,
            1 => Bytes.ToArray(),
            // Only what was appended tears; what was changed in place is one or the other.
            _ when common < flushed.Length => random.Next(2) == 0 ? flushed : Bytes.ToArray(),
            _ => Torn(common + random.Next(Length - common + 1), random.Next(2) == 0),
        };
        (bytes, Length) = (kept.ToArray(), kept.Length);
        (flushed, IsDirty) = (kept, false);
    }

    private byte[] Torn(int length, bool zeros)
    {
        var torn = new byte[zeros ? Length : length];
        Bytes[..length].CopyTo(torn);
        return torn;
    }
}
