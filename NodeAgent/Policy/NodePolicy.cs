namespace Vantage.NodeAgent.Policy;

/// <summary>
/// The data owner's word, as read from policy.yaml: what is accepted. Whatever no rule accepts is refused, so the empty
/// policy refuses everything.
/// </summary>
/// <param name="Accept">In the order of the file: the first rule that accepts decides, and its terms hold.</param>
/// <param name="AllowsProcesses">
/// The admin wrote <see cref="ProcessConsent"/>: algorithms may run as ordinary processes.
/// </param>
internal sealed record NodePolicy(IReadOnlyList<AcceptRule> Accept, bool AllowsProcesses)
{
    public const string ProcessConsent =
        "I accept that algorithms run on this machine as ordinary processes without a sandbox.";

    public static readonly NodePolicy Empty = new([], AllowsProcesses: false);
}
