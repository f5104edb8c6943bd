using Vantage.Algorithms.Functions;

namespace Vantage.Algorithms.Federations;

/// <summary>
/// The sites that a central program may ask, already bound to the data it may name. The client implements it over the
/// wire, <see cref="Testing.InProcessFederation"/> in one process.
/// </summary>
public interface IFederation
{
    /// <summary>The names of the sites, each once.</summary>
    IReadOnlyList<string> Sites { get; }

    /// <summary>
    /// Runs a function at every site and waits until each has ended; one answer per site, in the order of
    /// <see cref="Sites"/>. That a site failed is an answer; exceptions are for the loss of the whole federation.
    /// </summary>
    /// <param name="algorithm">The algorithm that holds <paramref name="function"/>.</param>
    /// <param name="function">What to run.</param>
    /// <param name="arguments">The same for every site.</param>
    /// <param name="cancellationToken">Cancels the runs that have not ended.</param>
    Task<IReadOnlyList<SiteResult<TResult>>> RunAsync<TArgs, TResult>(
        Algorithm algorithm,
        PartialFunction<TArgs, TResult> function,
        TArgs arguments,
        CancellationToken cancellationToken);
}
