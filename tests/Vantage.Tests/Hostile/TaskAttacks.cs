using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Ids;
using Vantage.Tests.NodeAgent.Doubles;
using Vantage.Tests.Protocol;

namespace Vantage.Tests.Hostile;

/// <summary>Work that nobody asked for, or not like this, handed to a node.</summary>
internal static class TaskAttacks
{
    public static IReadOnlyList<Attack> All { get; } =
    [
        Node("a task of its own, under its own organization", RunCodes.ManifestUntrusted, s => Signed(s, s.Attacker, s.Attacker.UserKey)),
        Node("a task under a person's certificate, signed by its own key", RunCodes.ManifestUntrusted, s => s.Alliance.Ask(Partner.Now) switch
        {
            var q => q with { Jws = Tampering.SignAs(q.Manifest, s.Alliance.University.UserChain, s.Attacker.UserKey) },
        }),
        Node("a task signed by an organization's node instead of a person", RunCodes.ManifestUntrusted, s =>
            Signed(s, s.Alliance.University.NodeKey, s.Alliance.University.NodeChain)),
        Node("a signature of another kind (a grant) where a task stands", RunCodes.ManifestUntrusted, s => s.Alliance.Ask(Partner.Now) switch
        {
            var q => q with { Jws = Tampering.SignAs(q.Manifest, s.Alliance.University.UserChain, s.Alliance.University.UserKey, "vantage-grant+jws") },
        }),
        Node("a task without a signature (alg none)", RunCodes.ManifestUntrusted, s => Header(s, """{"alg":"none","typ":"vantage-manifest+jws","x5c":[]}""")),
        Node("no signed document at all", RunCodes.ManifestUntrusted, s => s.Alliance.Ask(Partner.Now) with { Jws = "run this" }),
        Node("a document larger than any is read", RunCodes.ManifestUntrusted, s =>
            s.Alliance.Ask(Partner.Now) with { Jws = new string('a', Vantage.Protocol.Signatures.Jws.MaxLength + 1) }),
        Changed("another image or algorithm", new string('a', 64), new string('b', 64)),
        Changed("another function", "\"partial\"", "\"everything\""),
        Changed("other data", "\"patients\"", "\"salaries\""),
        Changed("more memory and time", "\"memoryMiB\":", "\"memoryMiB\":9"),
        Node("a later end (notAfter moved)", RunCodes.ManifestUntrusted, s => Change(s, q =>
            (Time(q.Manifest.NotAfter), Time(q.Manifest.NotAfter.AddDays(30))))),
        Node("another recipient", RunCodes.ManifestUntrusted, s => Change(s, q => (q.Manifest.Recipients[0].Key.ToString(), s.Attacker.UserEncryptionKey.KeyId.ToString()))),
        Node("a member that no version of the protocol has", RunCodes.ManifestUntrusted, s => Change(s, _ => ("{\"v\":1,", "{\"v\":1,\"alsoTell\":\"me\","))),
        Node("a recipient of its own, which a person was made to sign", RunCodes.RecipientUntrusted, s =>
            s.Alliance.Ask(Partner.Now, m => m with { Recipients = [.. m.Recipients, Alliance.Recipient(s.Attacker)] })),
        Node("its own key under a believed recipient's name, which a person was made to sign", RunCodes.RecipientUntrusted, s =>
            s.Alliance.Ask(Partner.Now, m => m with { Recipients = [m.Recipients[0] with { Key = s.Attacker.UserEncryptionKey.KeyId }] })),
        Node("a task that is not to run yet", RunCodes.NotYet, s =>
            s.Alliance.Ask(Partner.Now, m => m with { NotBefore = Partner.Now.AddMinutes(10) })),
        Node("a task whose time is over", "expired", s =>
            s.Alliance.Ask(Partner.Now, m => m with { NotBefore = Partner.Now.AddDays(-2), NotAfter = Partner.Now.AddSeconds(-1) })),
        Node("a run that is leased to another node", RunCodes.NotATarget, s => s.Alliance.Ask(Partner.Now, m =>
            m with { Targets = [m.Targets[0] with { Node = NodeId.New(TimeProvider.System) }] })),
        Node("a run of another organization", RunCodes.NotATarget, s => s.Alliance.Ask(Partner.Now, m =>
            m with { Targets = [m.Targets[0] with { Organization = s.Alliance.University.Id }] })),
        Node("a run for a key that this node does not have", RunCodes.NotATarget, s => s.Alliance.Ask(Partner.Now, m =>
            m with { Targets = [m.Targets[0] with { EncryptionKey = s.Attacker.NodeEncryptionKey.KeyId }] })),
        new("a task that was signed, once more as a new run", "node", RunCodes.NotATarget, s =>
            s.HandOverAsync(s.Alliance.Ask(Partner.Now).Claim() with { Run = RunId.New(TimeProvider.System) })),
        new("a run under another task's id", "node", RunCodes.NotATarget, s =>
            s.HandOverAsync(s.Alliance.Ask(Partner.Now).Claim() with { Task = TaskId.New(TimeProvider.System) })),
        Node("its own arguments, sealed to the node", RunCodes.InputUnreadable, s => s.Alliance.Ask(Partner.Now) switch
        {
            var q => q with { Input = Envelope.Seal("{\"columns\":[\"name\"]}"u8.ToArray(),
                new EnvelopeContext(q.Manifest.Collaboration, q.Task, q.Run, PayloadKind.Input), [s.Alliance.Hospital.NodeEncryptionKey.PublicKey]) },
        }),
        Node("another task's arguments", RunCodes.InputUnreadable, s =>
            s.Alliance.Ask(Partner.Now) with { Input = s.Alliance.Ask(Partner.Now).Input }),
        Node("arguments with one bit changed", RunCodes.InputUnreadable, s => s.Alliance.Ask(Partner.Now) switch
        {
            var q => q with { Input = [.. q.Input[..^1], (byte)(q.Input[^1] ^ 1)] },
        }),
        Node("arguments that end early", RunCodes.InputUnreadable, s => s.Alliance.Ask(Partner.Now) switch { var q => q with { Input = q.Input[..^20] } }),
    ];

    private static Attack Node(string name, string code, Func<HostileSite, Question> question) =>
        new(name, "node", code, s => s.HandOverAsync(question(s)));

    private static Attack Changed(string what, string from, string to) =>
        Node($"a signed task with {what}", RunCodes.ManifestUntrusted, s => Change(s, _ => (from, to)));

    private static Question Change(HostileSite site, Func<Question, (string From, string To)> change)
    {
        var question = site.Alliance.Ask(Partner.Now);
        var (from, to) = change(question);
        return question with { Jws = Tampering.Change(question.Jws, from, to) };
    }

    private static Question Header(HostileSite site, string header)
    {
        var question = site.Alliance.Ask(Partner.Now);
        return question with { Jws = Tampering.Header(question.Jws, header) };
    }

    private static Question Signed(HostileSite site, Partner by, SigningKey key) => Signed(site, key, by.UserChain);

    private static Question Signed(HostileSite site, SigningKey key, Vantage.Protocol.Identities.CertificateChain chain)
    {
        var question = site.Alliance.Ask(Partner.Now);
        return question with { Jws = Alliance.Sign(question.Manifest, key, chain) };
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);
}
