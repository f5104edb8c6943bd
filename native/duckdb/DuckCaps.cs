namespace Vantage.DuckDb;

/// <summary>What one use of DuckDB may take of the machine.</summary>
/// <param name="MemoryMiB">Beyond it, what can be is written to the temporary folder, and the rest fails.</param>
/// <param name="TempMiB">Beyond it, it fails.</param>
internal sealed record DuckCaps(int MemoryMiB = 512, int Threads = 2, int TempMiB = 4096);
