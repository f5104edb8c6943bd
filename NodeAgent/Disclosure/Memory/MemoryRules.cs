using Vantage.Protocol.Disclosure;

namespace Vantage.NodeAgent.Disclosure.Memory;

/// <summary>What a rule of the policy says of answers that left before.</summary>
internal sealed record MemoryRules
{
    /// <summary>More would take kilobytes for each answer and time for each row.</summary>
    public const int LargestDifferencing = 100;

    /// <summary>So many rows two answers about the same data differ in, or none; 0 if they are not compared.</summary>
    public int Differencing { get; init; }

    /// <summary>Whether the rows without a missing value in the columns that were asked for count as rows of the answer too.</summary>
    public bool CompleteCases { get; init; }

    public OnDifference OnDifference { get; init; } = OnDifference.Refuse;

    /// <summary>About a source, to people of one organization, from midnight to midnight UTC; 0 for as many as are asked for.</summary>
    public int AnswersPerDay { get; init; }

    /// <summary>All those answers together; 0 for any.</summary>
    public long BytesPerDay { get; init; }

    /// <summary>What may be known of a table's cells, by all tables of the same rows together; null if they are not compared.</summary>
    public DisclosureRules? Cells { get; init; }

    /// <summary>Nothing is compared or counted.</summary>
    public static MemoryRules None { get; } = new();

    public static MemoryRules Acro { get; } = new() { Differencing = 10, Cells = DisclosureRules.Acro };

    public bool IsNone => !Compares && !Counts;

    /// <summary>Whether it has to be known which rows an answer is about.</summary>
    public bool Compares => Differencing > 0 || Cells is not null;

    /// <summary>Whether there is a cap of any kind.</summary>
    public bool Counts => AnswersPerDay > 0 || BytesPerDay > 0;
}

/// <summary>What happens to an answer that an earlier one would turn into an answer about a few people.</summary>
internal enum OnDifference
{
    Refuse,

    /// <summary>It waits for a person of the site.</summary>
    Ask,
}
