using Vantage.Algorithms.Functions;
using Vantage.Protocol.Errors;

namespace Vantage.Statistics.Models;

/// <summary>A site holds back a later round of a search: too few of its rows weigh at the coefficients that were reached.</summary>
internal sealed class SiteLeftException(IReadOnlyList<string> sites) : RunFailedException(
    RunCodes.DataInvalid,
    $"{string.Join(", ", sites.Select(s => s + " held back"))} a later round of this model: at the coefficients that it came to, too few rows there make up nearly all"
    + " of the sums. Ask without, or for a model with fewer columns.");
