using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Manifests;
using Vantage.Tests.NodeAgent.Doubles;
using Vantage.Tests.Protocol;

namespace Vantage.Tests.NodeAgent.Trust;

/// <summary>A person's delegation to the university's node, and a subtask within it to the hospital's.</summary>
internal sealed class Delegated
{
    public Delegated(Alliance alliance)
    {
        Alliance = alliance;
        Parent = alliance.Ask(Partner.Now, manifest => manifest with
        {
            Function = "central",
            Purpose = "sepsis prediction",
            Session = "s1",
            Data = [],
            Delegation = new Delegation
            {
                DelegateKey = alliance.University.NodeKey.KeyId,
                Algorithm = Alliance.Algorithm,
                Functions = ["partial", "prepare"],
                Targets = [new DelegationTarget(alliance.Hospital.Id, alliance.Hospital.Node, alliance.Hospital.NodeEncryptionKey.KeyId)],
                Data = [new DataRef { Label = "table", Kind = DataKind.Source, Id = "patients" }],
                MaxTasks = 3,
                NotAfter = Partner.Now.AddMinutes(30),
            },
        });
        var within = alliance.Ask(Partner.Now, manifest => manifest with
        {
            Job = Parent.Manifest.Job,
            Purpose = "sepsis prediction",
            Session = "s1",
            NotAfter = Partner.Now.AddMinutes(20),
            Parent = new ManifestParent(Parent.Task, Digest.OfText(Parent.Jws)),
            Recipients =
            [
                new ManifestRecipient
                {
                    Organization = alliance.University.Id,
                    Principal = alliance.University.Node.ToString(),
                    Key = alliance.University.NodeEncryptionKey.KeyId,
                    Certificate = alliance.University.NodeEncryption.Der.ToArray(),
                },
            ],
        });
        Subtask = within.Manifest;
        Input = within.Input;
    }

    public Alliance Alliance { get; }

    public Question Parent { get; }

    public TaskManifest Subtask { get; }

    private byte[] Input { get; }

    public ClaimedRun Claim(TaskManifest subtask) => new(subtask.Targets[0].Run, subtask.Task, 1,
        Alliance.Sign(subtask, Alliance.University.NodeKey, Alliance.University.NodeChain), Parent.Jws, Input);

    /// <summary>Ways to reach for more than was given, by name.</summary>
    public static TheoryData<string> Widenings =>
    [
        "collaboration", "study", "job", "type", "algorithm", "function", "target", "key", "alternate", "data id", "data label",
        "session", "purpose", "project", "resources", "lost node", "not before", "not after", "parent task", "parent digest",
    ];

    public TaskManifest Widen(string how) => how switch
    {
        "collaboration" => Subtask with { Collaboration = CollaborationId.New(TimeProvider.System) },
        "study" => Subtask with { Study = StudyId.New(TimeProvider.System) },
        "job" => Subtask with { Job = JobId.New(TimeProvider.System) },
        "type" => Subtask with { Type = TaskType.Inference },
        "algorithm" => Subtask with { Algorithm = AlgorithmRef.Parse("builtin:summary@1.0.0+sha256:" + new string('b', 64)) },
        "function" => Subtask with { Function = "everything" },
        "target" => Subtask with { Targets = [Subtask.Targets[0], Subtask.Targets[0] with { Run = RunId.New(TimeProvider.System), Node = NodeId.New(TimeProvider.System) }] },
        "key" => Subtask with { Targets = [Subtask.Targets[0], Subtask.Targets[0] with { Run = RunId.New(TimeProvider.System), EncryptionKey = Alliance.University.NodeEncryptionKey.KeyId }] },
        "alternate" => Subtask with
        {
            LostNode = LostNodePolicy.Retry,
            Targets = [Subtask.Targets[0] with { Alternates = [new ManifestAlternate(NodeId.New(TimeProvider.System), Subtask.Targets[0].EncryptionKey, Subtask.Targets[0].Input)] }],
        },
        "data id" => Subtask with { Data = [Subtask.Data[0] with { Id = "salaries" }] },
        "data label" => Subtask with { Data = [Subtask.Data[0] with { Label = "other" }] },
        "session" => Subtask with { Session = "s2" },
        "purpose" => Subtask with { Purpose = "marketing" },
        "project" => Subtask with { ProjectCode = "P-2" },
        "resources" => Subtask with { Resources = Subtask.Resources with { MemoryMiB = Subtask.Resources.MemoryMiB + 1 } },
        "lost node" => Subtask with { LostNode = LostNodePolicy.Fail },
        "not before" => Subtask with { NotBefore = Parent.Manifest.NotBefore.AddSeconds(-1) },
        "not after" => Subtask with { NotAfter = Parent.Manifest.Delegation!.NotAfter.AddSeconds(1) },
        "parent task" => Subtask with { Parent = Subtask.Parent! with { Task = TaskId.New(TimeProvider.System) } },
        "parent digest" => Subtask with { Parent = Subtask.Parent! with { Manifest = Digest.OfText("another") } },
        _ => throw new ArgumentOutOfRangeException(nameof(how)),
    };
}
