namespace Vantage.Protocol.Manifests;

/// <summary>
/// What makes a manifest well-formed, whoever looks: client before signing, Coordinator before storing, node before
/// running. Who may ask what of whom is another question, answered by <c>Access</c> and by each node's policy.
/// </summary>
public static class ManifestRules
{
    public const int MaxTargets = 10_000;
    public const int MaxRecipients = 256;
    public static readonly TimeSpan LongestLife = TimeSpan.FromDays(400);

    /// <summary>Every violated rule as a sentence with the member it is about; empty if all hold.</summary>
    public static IReadOnlyList<string> Check(TaskManifest manifest)
    {
        var broken = new List<string>();
        void Rule(bool holds, string sentence)
        {
            if (!holds)
            {
                broken.Add(sentence);
            }
        }

        Rule(manifest.V == 1, $"v: this program speaks manifest version 1, not {manifest.V}.");
        Rule(IsName(manifest.Function), "function: 1 to 64 letters, digits, '_', '-' or '.', beginning with a letter.");
        Rule(manifest.NotBefore < manifest.NotAfter, "notAfter: must lie after notBefore.");
        Rule(manifest.NotAfter - manifest.NotBefore <= LongestLife, "notAfter: at most 400 days after notBefore.");
        Rule(manifest.Nonce.Length == 22, "nonce: 16 random bytes as base64url (22 characters).");
        Rule(manifest.Purpose is null or { Length: <= 500 }, "purpose: at most 500 characters.");
        Rule(manifest.ProjectCode is null or { Length: <= 100 }, "projectCode: at most 100 characters.");
        Rule(manifest.Session is null || IsName(manifest.Session), "session: not a name.");
        CheckTargets(manifest, Rule);
        CheckRecipients(manifest, Rule);
        CheckData(manifest.Data, "data", Rule);
        CheckResources(manifest.Resources, Rule);
        CheckDelegation(manifest, Rule);
        return broken;
    }

    private static void CheckTargets(TaskManifest manifest, Action<bool, string> rule)
    {
        var targets = manifest.Targets;
        rule(targets.Count is >= 1 and <= MaxTargets, $"targets: between 1 and {MaxTargets}.");
        rule(targets.DistinctBy(t => t.Run).Count() == targets.Count, "targets: each run appears once.");
        foreach (var (target, i) in targets.Select((target, i) => (target, i)))
        {
            var nodes = target.Alternates.Select(a => a.Node).Append(target.Node).ToList();
            rule(nodes.Distinct().Count() == nodes.Count, $"targets[{i}].alternates: each node appears once.");
            rule(target.Alternates.Count == 0 || manifest.LostNode == LostNodePolicy.Retry,
                $"targets[{i}].alternates: only under lostNode 'retry'.");
            rule(target.Alternates.Select(a => a.Input).Append(target.Input).All(input => input.Size > 0),
                $"targets[{i}].input: size must be positive.");
        }
    }

    private static void CheckRecipients(TaskManifest manifest, Action<bool, string> rule)
    {
        var recipients = manifest.Recipients;
        rule(recipients.Count is >= 1 and <= MaxRecipients, $"recipients: between 1 and {MaxRecipients}.");
        rule(recipients.DistinctBy(r => r.Key).Count() == recipients.Count, "recipients: each key appears once.");
    }

    private static void CheckData(IReadOnlyList<DataRef> data, string path, Action<bool, string> rule)
    {
        rule(data.Count <= 64, $"{path}: at most 64.");
        rule(data.DistinctBy(d => d.Label).Count() == data.Count, $"{path}: each label appears once.");
        rule(data.All(d => IsName(d.Label)), $"{path}.label: not a name.");
        rule(data.All(d => d.Id.Length is >= 1 and <= 200), $"{path}.id: 1 to 200 characters.");
        rule(data.All(d => d.Dictionary is not { } dictionary || (d.Kind == DataKind.Source && dictionary.IsWellFormed)),
            $"{path}.dictionary: a name and a version, and of sources only.");
    }

    private static void CheckResources(ResourceRequest ask, Action<bool, string> rule)
    {
        rule(ask.Cpu is > 0 and <= 1024, "resources.cpu: more than 0, at most 1024.");
        rule(ask.MemoryMiB is > 0 and <= 16 * 1024 * 1024, "resources.memoryMiB: between 1 and 16777216.");
        rule(ask.DiskMiB is > 0 and <= 1024 * 1024 * 1024, "resources.diskMiB: between 1 and 1073741824.");
        rule(ask.TimeSeconds is > 0 and <= 400 * 86_400, "resources.timeSeconds: between 1 and 400 days.");
        rule(ask.Accelerators is >= 0 and <= 1024, "resources.accelerators: between 0 and 1024.");
    }

    private static void CheckDelegation(TaskManifest manifest, Action<bool, string> rule)
    {
        rule(manifest.Delegation is null || manifest.Parent is null, "delegation: a subtask can't delegate again.");
        if (manifest.Delegation is not { } delegation)
        {
            return;
        }

        rule(delegation.Functions.Count is >= 1 and <= 64 && delegation.Functions.All(IsName),
            "delegation.functions: 1 to 64 names.");
        rule(delegation.Targets.Count is >= 1 and <= MaxTargets, $"delegation.targets: between 1 and {MaxTargets}.");
        rule(delegation.MaxTasks is >= 1 and <= 100_000, "delegation.maxTasks: between 1 and 100000.");
        rule(delegation.NotAfter <= manifest.NotAfter, "delegation.notAfter: not after the manifest's own.");
        rule(delegation.Targets.Distinct().Count() == delegation.Targets.Count, "delegation.targets: each once.");
        rule(manifest.Targets is [{ Alternates.Count: 0 }],
            "targets: a task that delegates has one target, without alternates: the node whose key is the delegate's.");
        CheckData(delegation.Data, "delegation.data", rule);
    }

    private static bool IsName(string text) =>
        text.Length is >= 1 and <= 64 && char.IsAsciiLetter(text[0])
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.');
}
