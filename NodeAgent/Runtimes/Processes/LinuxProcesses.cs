using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Vantage.NodeAgent.Runtimes.Processes;

/// <summary>Processes as /proc shows them.</summary>
internal static partial class LinuxProcesses
{
    private const int LongestStat = 1024;

    /// <summary>Up to the resident pages, and what is left of the line.</summary>
    private const int Fields = 23;

    private static readonly long PageSize = Environment.SystemPageSize;

    /// <param name="Started">In ticks since the system started: with the id it names a process for good.</param>
    public sealed record Seen(int Id, bool IsZombie, int Session, long Started, long ResidentBytes);

    public static IEnumerable<Seen> All() => Directory.EnumerateDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? Find(id) : null)
        .OfType<Seen>();

    /// <summary>Null when there is no such process.</summary>
    public static Seen? Find(int id)
    {
        try
        {
            // pid (name) state ppid pgrp session …; the name may hold anything, so the rest begins after the last ')'.
            using var file = File.OpenHandle($"/proc/{id}/stat");
            Span<byte> buffer = stackalloc byte[LongestStat];
            Span<char> text = stackalloc char[LongestStat];
            ReadOnlySpan<char> stat = text[..Encoding.Latin1.GetChars(buffer[..RandomAccess.Read(file, buffer, 0)], text)];
            Span<Range> at = stackalloc Range[Fields];
            var fields = stat[(stat.LastIndexOf(')') + 1)..].TrimStart(' ');
            return fields.Split(at, ' ') < Fields ? null : new Seen(id, fields[at[0]] is "Z" or "X",
                int.Parse(fields[at[3]], CultureInfo.InvariantCulture),
                long.Parse(fields[at[19]], CultureInfo.InvariantCulture),
                long.Parse(fields[at[21]], CultureInfo.InvariantCulture) * PageSize);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Whether the process was started with such a variable, or by one that was and did not take it away.</summary>
    /// <param name="value">The value, or its beginning if it ends with a slash.</param>
    public static bool HasMark(int id, string variable, string value)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes($"/proc/{id}/environ")).Split('\0').Any(line =>
                line.StartsWith(variable + "=", StringComparison.Ordinal)
                && (value.EndsWith('/')
                    ? line.AsSpan(variable.Length + 1).StartsWith(value, StringComparison.Ordinal)
                    : line.AsSpan(variable.Length + 1).SequenceEqual(value)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Ended meanwhile, or another account's: not ours.
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int id, int signal);
}
