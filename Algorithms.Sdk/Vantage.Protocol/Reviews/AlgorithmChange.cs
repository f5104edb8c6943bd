namespace Vantage.Protocol.Reviews;

/// <summary>One thing in which two versions of an algorithm differ, for who has to judge the newer.</summary>
/// <param name="Where">Such as <c>partial.arguments</c> or <c>version</c>.</param>
/// <param name="Before">As it was; null if it is new.</param>
/// <param name="After">As it is; null if it is gone.</param>
/// <param name="Weighs">It asks for more than before: a new function, other data, a place outside.</param>
public sealed record AlgorithmChange(string Where, string? Before, string? After, bool Weighs);
