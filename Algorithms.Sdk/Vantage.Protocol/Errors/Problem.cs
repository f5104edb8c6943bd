namespace Vantage.Protocol.Errors;

/// <summary>RFC 9457 problem details, the one shape of every refusal over REST.</summary>
/// <param name="Type"><c>urn:vantage:error:</c> and the code.</param>
/// <param name="Title">The kind of problem in a few words; the same for every occurrence of a code.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">Stable; listed in <see cref="ErrorCodes"/>.</param>
/// <param name="Detail">What is wrong here, where, and what to do next. Never a secret, a stack trace or a value of data.</param>
/// <param name="Errors">For input that breaks rules: member path → what is wrong with it.</param>
/// <param name="TraceId">Finds the matching lines in the Coordinator's log.</param>
public sealed record Problem(
    string Type,
    string Title,
    int Status,
    string Code,
    string Detail,
    IReadOnlyDictionary<string, string[]>? Errors = null,
    string? TraceId = null)
{
    public const string MediaType = "application/problem+json";

    public static string TypeOf(string code) => $"urn:vantage:error:{code}";
}
