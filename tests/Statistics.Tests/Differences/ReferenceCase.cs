using System.Text.Json;

namespace Statistics.Tests.Differences;

/// <summary>A question with the answer that somebody else's program gives for the pooled rows.</summary>
/// <param name="Algorithm">Its name in the standard library.</param>
/// <param name="Data">A data set of <see cref="Sites.PathOf"/>.</param>
/// <param name="Arguments">As anybody would send them.</param>
/// <param name="Expected">Of the shape of the result; what it leaves out is not compared.</param>
/// <param name="Scales">
/// Of the same shape, where numbers may be near zero by chance: a difference then counts by this, if it is larger than the number.
/// An estimate has its standard error. Null where nothing needs it.
/// </param>
/// <param name="Spread">The one way to spread rows for which it holds, where sites' own models are put together; null for all.</param>
public sealed record ReferenceCase(
    string Algorithm, string Data, JsonElement Arguments, JsonElement Expected, JsonElement? Scales = null, string? Spread = null);
