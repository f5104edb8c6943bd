using Vantage.Protocol.Errors;

namespace Vantage.Protocol.Algorithms;

/// <summary>
/// Why a run has no result. <paramref name="Code"/> may be shown to anyone; the rest is for the node to seal, since
/// texts may say what is in the data.
/// </summary>
/// <param name="Code">
/// <see cref="RunCodes.AlgorithmUnknown"/>, <see cref="RunCodes.ArgumentsInvalid"/>, <see cref="RunCodes.DataInvalid"/>,
/// <see cref="RunCodes.OutputTooLarge"/>, <see cref="RunCodes.AlgorithmNoOutput"/> or
/// <see cref="RunCodes.AlgorithmFailed"/>. It comes from inside the sandbox: a node takes any other for the last.
/// </param>
/// <param name="Message">What went wrong, where, and what to do, for a person.</param>
/// <param name="Function">The function that was asked for.</param>
/// <param name="Type">The exception's type, when there was one.</param>
/// <param name="Detail">Stack trace or the like.</param>
public sealed record RunFailure(
    string Code, string Message, string? Function = null, string? Type = null, string? Detail = null);
