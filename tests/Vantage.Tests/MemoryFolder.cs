namespace Vantage.Tests;

/// <summary>
/// Folders in memory, where the host has such: for tests that write thousands of small files or records, of which each waits
/// for the disk. What a cut or a fault leaves on a disk they make by hand.
/// </summary>
internal static class MemoryFolder
{
    private const string Memory = "/dev/shm";

    public static string Create(string prefix) => Directory.CreateDirectory(Path.Combine(
        Directory.Exists(Memory) ? Memory : Path.GetTempPath(), prefix + Path.GetRandomFileName())).FullName;
}
