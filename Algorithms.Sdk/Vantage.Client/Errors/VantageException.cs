using Vantage.Protocol.Errors;

namespace Vantage.Client.Errors;

/// <summary>
/// Whatever kept the client from doing what it was asked, in words for a person: what is wrong, where, and what to do
/// next. Refusals by the Coordinator carry its stable code (<see cref="ErrorCodes"/>), what the client found itself one
/// of <see cref="ClientErrorCodes"/>.
/// </summary>
public sealed class VantageException : Exception
{
    /// <param name="code">Stable, for programs: one of <see cref="ClientErrorCodes"/> or of the Coordinator.</param>
    /// <param name="what">What is wrong and where, as one sentence.</param>
    /// <param name="next">What to do about it.</param>
    /// <param name="innerException">What caused it.</param>
    public VantageException(string code, string what, string? next = null, Exception? innerException = null)
        : base(next is null ? what : $"{what} {next}", innerException) =>
        (Code, What, Next) = (code, what, next);

    /// <summary>Stable, in kebab-case.</summary>
    public string Code { get; }

    /// <summary>What is wrong and where.</summary>
    public string What { get; }

    /// <summary>What to do about it; null where <see cref="What"/> says it.</summary>
    public string? Next { get; }

    /// <summary>
    /// Particulars: a member of the input, or a site → what is wrong there. Empty where there are none.
    /// </summary>
    public IReadOnlyDictionary<string, string[]> Errors
    {
        get => field ?? Problem?.Errors ?? new Dictionary<string, string[]>();
        init;
    }

    /// <summary>The Coordinator's answer, where the refusal is its own.</summary>
    public Problem? Problem { get; init; }
}
