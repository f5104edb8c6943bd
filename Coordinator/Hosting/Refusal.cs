using Vantage.Protocol.Errors;

namespace Vantage.Coordinator.Hosting;

/// <summary>
/// An expected no: a stable code (<see cref="ErrorCodes"/>, each with its status in <see cref="ProblemTable"/>) and a
/// sentence for a person with what to do next. Never a secret, and never a word that tells whether something exists that
/// the caller may not see.
/// </summary>
internal sealed record Refusal(string Code, string Detail, IReadOnlyDictionary<string, string[]>? Errors = null)
{
    /// <summary>For what does not exist and for what the caller may not see: the same words for both.</summary>
    public static Refusal NotFound(object id) =>
        new(ErrorCodes.NotFound, $"There is no {id}, or it is not yours to see. Check the id, and whose token you use.");

    public static Refusal Forbidden(string rule) => new(ErrorCodes.Forbidden, rule);

    public static Refusal NameTaken(string what, string name) =>
        new(ErrorCodes.NameTaken, $"There is {what} '{name}' already. Choose another name.");

    /// <param name="errors">Member path → what is wrong with it.</param>
    public static Refusal Invalid(params IEnumerable<(string Member, string Rule)> errors)
    {
        var byMember = errors.GroupBy(error => error.Member)
            .ToDictionary(group => group.Key, group => group.Select(error => error.Rule).ToArray());
        return new(ErrorCodes.InvalidInput, $"The request breaks a rule: {string.Join("; ", byMember.Select(Sentence))}", byMember);
    }

    private static string Sentence(KeyValuePair<string, string[]> errors) => $"{errors.Key}: {string.Join(", ", errors.Value)}";
}
