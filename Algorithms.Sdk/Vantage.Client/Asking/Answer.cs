using System.Text.Json.Serialization;
using Vantage.Client.Errors;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;

namespace Vantage.Client.Asking;

/// <summary>What came of a question, and whose rows it speaks of.</summary>
/// <param name="Task">The last round.</param>
/// <param name="Job">All rounds of the question.</param>
/// <param name="Outcome">
/// Succeeded: every site answered. Partial: some did; <paramref name="Result"/> is over those if the asker took that,
/// else null. Anything else: no site answered, or the answers could not be put together.
/// </param>
/// <param name="Analysis">The algorithm's name.</param>
/// <param name="Algorithm">Exactly which code (AlgorithmRef).</param>
/// <param name="Result">Null when there is none; <see cref="Problem"/> then says why.</param>
/// <param name="Sites">Who was asked, who answered, who did not and why.</param>
/// <param name="Receipts">What the sites signed, each verified here.</param>
/// <param name="Disclosure">How the federation says that it guards results; null where it says nothing.</param>
public sealed record Answer<T>(TaskId Task, JobId Job, TaskOutcome Outcome, string Analysis, string Algorithm,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] T? Result, SitesReport Sites,
    IReadOnlyList<SiteReceipt> Receipts,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Disclosure)
{
    /// <summary>Why there is no result, and what to do; null when there is one.</summary>
    [JsonIgnore]
    public VantageException? Problem { get; init; }

    /// <summary>The result, or <see cref="Problem"/> thrown.</summary>
    public T Require() => Problem is null ? Result! : throw Problem;
}
