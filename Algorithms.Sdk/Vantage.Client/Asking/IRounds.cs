using Vantage.Algorithms.Functions;
using Vantage.Client.Federation;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Lifecycles;

namespace Vantage.Client.Asking;

/// <summary>Where a program's rounds get their answers: tasks of its own, or tasks that it shares with other programs.</summary>
internal interface IRounds
{
    /// <summary>Where each answer that was read came from, in the order of the rounds.</summary>
    IReadOnlyList<SiteReceipt> Receipts { get; }

    /// <summary>How each site's last run ended.</summary>
    IReadOnlyCollection<RunOutcome> Ends { get; }

    /// <param name="sites">Whom.</param>
    /// <param name="function">What to run there.</param>
    /// <param name="arguments">As they are sealed.</param>
    /// <param name="digest">Of the arguments.</param>
    /// <param name="time">How often this attempt has asked the very same, this time included.</param>
    /// <param name="cancellationToken">Cancels the round.</param>
    /// <returns>One for each site, in their order.</returns>
    Task<IReadOnlyList<SiteRun<TResult>>> FindAsync<TArgs, TResult>(IReadOnlyList<string> sites,
        PartialFunction<TArgs, TResult> function, byte[] arguments, Digest digest, int time,
        CancellationToken cancellationToken);
}
