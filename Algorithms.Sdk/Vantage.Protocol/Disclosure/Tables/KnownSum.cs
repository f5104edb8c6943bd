namespace Vantage.Protocol.Disclosure.Tables;

/// <summary>Of some unknown counts, none of them negative: their sum lies between two numbers.</summary>
/// <param name="Terms">Which, each once.</param>
/// <param name="Least">As large as <paramref name="Most"/> where the sum is known.</param>
/// <param name="Most">Finite.</param>
internal readonly record struct KnownSum(int[] Terms, double Least, double Most);
