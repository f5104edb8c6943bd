using System.Text.Json;

namespace Vantage.NodeAgent.Policy.Arguments;

/// <summary>Every argument that a rule's <c>arguments:</c> do not allow.</summary>
internal static class ArgumentObjections
{
    /// <summary>As the algorithm's kit reads them: what two readers could take for two things is nothing that was asked.</summary>
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public static IEnumerable<RuleObjection> Of(AcceptRule rule, PolicyFacts facts)
    {
        if (rule.Arguments is not { } functions || facts.Arguments is not { } arguments)
        {
            return [];
        }

        return !functions.TryGetValue(facts.Function, out var limits)
            ? [new("arguments", $"the arguments of function '{facts.Function}' are not listed", string.Join(", ", functions.Keys))]
            : limits.Members is { } members ? Of($"arguments.{facts.Function}", members, arguments) : [];
    }

    private static List<RuleObjection> Of(string line, IReadOnlyDictionary<string, MemberLimit> members, ReadOnlyMemory<byte> arguments)
    {
        try
        {
            using var document = JsonDocument.Parse(arguments, Strict);
            var walk = new ArgumentWalk(line, members);
            walk.Look(document.RootElement);
            return [.. walk.Objections];
        }
        catch (JsonException)
        {
            return [new(line, "the arguments are not one JSON value, each of its members named once", "an object")];
        }
    }
}
