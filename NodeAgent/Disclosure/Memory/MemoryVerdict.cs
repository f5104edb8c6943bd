using Vantage.Protocol.Disclosure.Tables.Linked;

namespace Vantage.NodeAgent.Disclosure.Memory;

/// <summary>What is said of an answer that is about to leave.</summary>
internal abstract record MemoryVerdict
{
    private MemoryVerdict() { }

    /// <param name="Writes">What has to be on the disk before; null if there is nothing new to remember.</param>
    public sealed record Goes(MemoryRecord.Answered? Writes) : MemoryVerdict;

    /// <summary>With an earlier answer it tells of a few rows.</summary>
    /// <param name="Dataset">Which source.</param>
    /// <param name="Writes">What is remembered if a person lets it go all the same.</param>
    public sealed record Tells(string Dataset, MemoryRecord.Answered Writes) : MemoryVerdict;

    /// <summary>With tables that left before it tells of a cell that has to stay hidden, or nobody can look whether it does.</summary>
    /// <param name="Dataset">Which source.</param>
    /// <param name="Why">What was found.</param>
    /// <param name="Writes">What is remembered if a person lets it go all the same.</param>
    public sealed record Links(string Dataset, LinkedVerdict Why, MemoryRecord.Answered Writes) : MemoryVerdict;

    /// <summary>It can't be known what rows it is about.</summary>
    public sealed record Unknown(string Dataset) : MemoryVerdict;

    /// <summary>There is no room for another set of rows, and forgetting one would not be safe.</summary>
    public sealed record Full(string Dataset) : MemoryVerdict;

    /// <summary>The day's answers, or their bytes, are used up.</summary>
    /// <param name="Cap">The policy's key.</param>
    public sealed record UsedUp(string Dataset, string Cap, long Most) : MemoryVerdict;
}
