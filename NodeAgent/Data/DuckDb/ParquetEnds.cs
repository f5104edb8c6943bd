using System.Buffers.Binary;

namespace Vantage.NodeAgent.Data.DuckDb;

/// <summary>A Parquet file begins and ends with the same four letters; before the last ones stands how long its table of contents is.</summary>
internal static class ParquetEnds
{
    private const int Letters = 4;

    /// <summary>Null if the ends are as they should be, and the fault is between them.</summary>
    public static string? FirstFault(IReadOnlyList<string> paths) =>
        paths.Select(path => Fault(path) is { } fault ? $"{Path.GetFileName(path)}: {fault}" : null).FirstOrDefault(fault => fault is not null);

    private static string? Fault(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> end = stackalloc byte[2 * Letters];
        if (file.Length < 3 * Letters || !Begins(file))
        {
            return "it does not begin as a Parquet file does.";
        }

        file.Position = file.Length - end.Length;
        file.ReadExactly(end);
        return !end[Letters..].SequenceEqual("PAR1"u8) ? $"its end is missing (after byte {file.Length}), where a Parquet file keeps its table of contents. It was not copied whole."
            : BinaryPrimitives.ReadUInt32LittleEndian(end) > file.Length - (3 * Letters) ? "its table of contents is said to be longer than the file."
            : null;
    }

    private static bool Begins(FileStream file)
    {
        Span<byte> begin = stackalloc byte[Letters];
        file.ReadExactly(begin);
        return begin.SequenceEqual("PAR1"u8);
    }
}
