namespace Vantage.NodeAgent.Policy;

/// <summary>What a policy says to a request, and why.</summary>
internal abstract record PolicyVerdict
{
    /// <summary>The name that stands for a rule where none accepts.</summary>
    public const string NoRule = "no rule accepts";

    private PolicyVerdict() { }

    /// <param name="Rule">The rule that decided; its terms hold for the run.</param>
    public sealed record Accepted(AcceptRule Rule) : PolicyVerdict;

    /// <param name="Closest">The rules with the fewest objections, in the order of the file. Empty for an empty policy.</param>
    public sealed record Refused(IReadOnlyList<RuleRefusal> Closest) : PolicyVerdict
    {
        /// <summary>The one rule that came closest, or that none accepts.</summary>
        public string RuleName => Closest is [var only] ? only.Rule : NoRule;
    }
}

internal sealed record RuleRefusal(string Rule, IReadOnlyList<RuleObjection> Objections);

/// <summary>One line of a rule that does not hold.</summary>
/// <param name="Line">The line, by its key in policy.yaml.</param>
/// <param name="Problem">What was asked that the line does not allow. Names only what the asker wrote.</param>
/// <param name="Allows">What the line allows: for the node's own admin, not for the asker.</param>
internal sealed record RuleObjection(string Line, string Problem, string Allows);
