using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;

namespace Vantage.NodeAgent.Subtasks;

/// <summary>
/// The ids of subtasks, derived from what is asked: a central function that is run again after a breakdown asks the same
/// and so finds what it asked before. Keyed, since ids are public and arguments are not: without the key nobody can try
/// out which arguments an id stands for.
/// </summary>
internal sealed class SubtaskIds(byte[] key)
{
    private const int Time = 6;

    /// <summary>The key follows from the node's signing key, which a delegation is bound to anyway.</summary>
    public static SubtaskIds Of(SigningKey key) => new(HKDF.DeriveKey(
        HashAlgorithmName.SHA256, Encoding.ASCII.GetBytes(key.ToPem()), SHA256.HashSizeInBytes, info: "vantage-subtask-ids-v1"u8.ToArray()));

    /// <param name="central">The run of the central function, whatever its epoch.</param>
    /// <param name="function">What is asked.</param>
    /// <param name="arguments">With which arguments.</param>
    /// <param name="occurrence">How often the same was asked before in this execution.</param>
    public TaskId Task(RunId central, string function, Digest arguments, int occurrence)
    {
        var tail = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(tail, occurrence);
        return TaskId.From(Derive(central.Value, [.. "task\n"u8, .. Encoding.UTF8.GetBytes(function), (byte)'\n', .. arguments.ToBytes(), .. tail]));
    }

    public RunId Run(TaskId subtask, NodeId target) =>
        RunId.From(Derive(subtask.Value, [.. "run\n"u8, .. target.Value.ToByteArray(bigEndian: true)]));

    /// <summary>Keeps the time of the id it is derived from: the rounds of an older question are older.</summary>
    private Guid Derive(Guid from, byte[] what)
    {
        Span<byte> id = stackalloc byte[16];
        byte[] asked = [.. from.ToByteArray(bigEndian: true), .. what];
        HMACSHA256.HashData(key, asked).AsSpan(0, id.Length).CopyTo(id);
        from.ToByteArray(bigEndian: true).AsSpan(0, Time).CopyTo(id);
        id[6] = (byte)((id[6] & 0x0F) | 0x70);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }
}
