using System.Buffers.Binary;

namespace Vantage.NodeAgent.Runtimes.Docker.Network;

/// <summary>The program that stands behind the doors of a container: <c>relay</c>, built from native/relay beside the node.</summary>
/// <param name="Bytes">All of it.</param>
/// <param name="Architecture">What it runs on, as images call it.</param>
internal sealed record RelayProgram(byte[] Bytes, string Architecture)
{
    private const int MachineAt = 18;
    private const int Most = 16 << 20;

    public static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "relay");

    /// <summary>Null if there is none that can be used.</summary>
    public static RelayProgram? Read(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists || file.Length is < MachineAt + 2 or > Most)
        {
            return null;
        }

        var bytes = File.ReadAllBytes(path);
        return bytes.AsSpan().StartsWith("\u007fELF"u8) && Machine(BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(MachineAt))) is { } machine
            ? new(bytes, machine)
            : null;
    }

    private static string? Machine(ushort number) => number switch
    {
        0x3e => "amd64",
        0xb7 => "arm64",
        _ => null,
    };
}
