using Vantage.NodeAgent.Images;
using Vantage.NodeAgent.Images.Reviews;

namespace Vantage.NodeAgent.Policy;

/// <summary>
/// The data owner's word, as read from policy.yaml: what is accepted. Whatever no rule accepts is refused, so the empty
/// policy refuses everything.
/// </summary>
/// <param name="Accept">In the order of the file: the first rule that accepts decides, and its terms hold.</param>
/// <param name="AllowsProcesses">
/// The admin wrote <see cref="ProcessConsent"/>: algorithms may run as ordinary processes.
/// </param>
/// <param name="Docker">The admin allowed containers; null if not.</param>
internal sealed record NodePolicy(IReadOnlyList<AcceptRule> Accept, bool AllowsProcesses, DockerConsent? Docker = null)
{
    public const string ProcessConsent =
        "I accept that algorithms run on this machine as ordinary processes without a sandbox.";

    /// <summary>Those whose signatures rules can count on.</summary>
    public IReadOnlyList<Publisher> Publishers { get; init; } = [];

    /// <summary>Those whose approvals rules can count on.</summary>
    public IReadOnlyList<ReviewerGroup> Reviewers { get; init; } = [];

    /// <summary>Whether a program that did one call of a job may do the next ones, <c>runtime.warm: allow</c>.</summary>
    public bool AllowsWarm { get; init; }

    public static readonly NodePolicy Empty = new([], AllowsProcesses: false);

    /// <summary>Whose signature and whose approval an image needs under a rule.</summary>
    public ImageTrust TrustOf(AcceptRule rule) => new(rule.Name,
        [.. Publishers.Where(p => rule.Publishers.Contains(p.Name))], [.. Reviewers.Where(r => rule.Reviewers.Contains(r.Name))]);
}
