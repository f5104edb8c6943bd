using System.Buffers.Binary;

namespace Vantage.Protocol.Algorithms;

/// <summary>
/// The head of one frame of the Gateway over standard streams (<see cref="GatewayKinds.StdioHttp"/>), version 1: eight
/// bytes, then <see cref="Length"/> bytes of one of up to 16 connections, each of which is HTTP/1.1. What a program writes to its
/// standard output and is no frame is text for the run's log.
/// </summary>
/// <param name="Kind">What it says.</param>
/// <param name="Connection">0 to 15. The first data on one that is not open opens it.</param>
/// <param name="Length">Of what follows; none after an end.</param>
public readonly record struct GatewayFrame(GatewayFrameKind Kind, byte Connection, int Length)
{
    /// <summary>The first byte: one that no text has.</summary>
    public const byte Mark = 0x02;

    /// <summary>The second byte.</summary>
    public const byte Version = 1;

    /// <summary>Bytes of a head.</summary>
    public const int HeaderSize = 8;

    /// <summary>Most bytes that follow one head.</summary>
    public const int MaxLength = 64 * 1024;

    /// <summary>As many connections as a Gateway takes at once.</summary>
    public const int MaxConnections = 16;

    /// <summary>Writes the head: mark, version, kind, connection, length as four bytes with the highest first.</summary>
    public void Write(Span<byte> header)
    {
        header[0] = Mark;
        header[1] = Version;
        header[2] = (byte)Kind;
        header[3] = Connection;
        BinaryPrimitives.WriteInt32BigEndian(header[4..HeaderSize], Length);
    }

    /// <summary>Null if these eight bytes are no head of this version.</summary>
    public static GatewayFrame? Parse(ReadOnlySpan<byte> header)
    {
        var frame = new GatewayFrame((GatewayFrameKind)header[2], header[3], BinaryPrimitives.ReadInt32BigEndian(header[4..HeaderSize]));
        var fits = frame.Kind switch
        {
            GatewayFrameKind.Data => frame.Length is > 0 and <= MaxLength,
            GatewayFrameKind.End => frame.Length == 0,
            _ => false,
        };
        return fits && header[0] == Mark && header[1] == Version && frame.Connection < MaxConnections ? frame : null;
    }
}

/// <summary>The third byte of a frame.</summary>
public enum GatewayFrameKind : byte
{
    /// <summary>Bytes of the connection.</summary>
    Data = 0,

    /// <summary>Its sender sends no more on this connection. The number is free again once both sides have sent one.</summary>
    End = 1,
}
