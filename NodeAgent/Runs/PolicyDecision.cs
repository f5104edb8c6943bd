namespace Vantage.NodeAgent.Runs;

/// <summary>What the policy says to one request.</summary>
/// <param name="Policy">Which policy said it: its version or digest, for the receipt.</param>
/// <param name="Rule">The rule that decided, by name.</param>
internal abstract record PolicyDecision(string Policy, string Rule)
{
    /// <summary>A rule lets the run in. What the rule grants and limits is for the executor to read.</summary>
    public sealed record Allowed(string Policy, string Rule) : PolicyDecision(Policy, Rule);

    /// <param name="Message">What was asked, which rule stands against it, whom to talk to; sealed for the recipients.</param>
    public sealed record Refused(string Policy, string Rule, string Message) : PolicyDecision(Policy, Rule);
}
