using System.Text;
using Vantage.Coordinator.Tasks.Store;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Manifests;

namespace Vantage.Tests.Coordinator.Tasks.Store;

/// <summary>Tasks for stores, which look neither at signatures nor into envelopes.</summary>
internal static class NewTasks
{
    public static readonly AlgorithmRef Summary = AlgorithmRef.Builtin("summary", "1", Digest.OfText("summary").ToString());

    public static NewTask TaskFor(
        this StoreWorld world,
        Asker asker,
        CollaborationId collaboration,
        IEnumerable<WorkingNode> nodes,
        LostNodePolicy lostNode = LostNodePolicy.Wait,
        TimeSpan? notBefore = null,
        TimeSpan? notAfter = null,
        WorkingNode? alternate = null)
    {
        var inputs = new Dictionary<Digest, byte[]>();
        PayloadRef Input(NodeId node)
        {
            var bytes = Encoding.UTF8.GetBytes($"sealed for {node}");
            inputs[Digest.Of(bytes)] = bytes;
            return new PayloadRef(Digest.Of(bytes), bytes.Length);
        }

        var manifest = new TaskManifest
        {
            V = 1,
            Task = TaskId.New(TimeProvider.System),
            Job = JobId.New(TimeProvider.System),
            Collaboration = collaboration,
            Type = TaskType.Analysis,
            Algorithm = Summary,
            Function = "partial",
            Targets =
            [
                .. nodes.Select(node => new ManifestTarget
                {
                    Organization = node.Organization,
                    Run = RunId.New(TimeProvider.System),
                    Node = node.Node,
                    EncryptionKey = KeyId.OfSubjectPublicKeyInfo([1]),
                    Input = Input(node.Node),
                    Alternates = alternate is null
                        ? []
                        : [new ManifestAlternate(alternate.Node, KeyId.OfSubjectPublicKeyInfo([2]), Input(alternate.Node))],
                }),
            ],
            Data = [],
            Resources = new ResourceRequest(),
            Recipients = [],
            LostNode = lostNode,
            NotBefore = world.Now + (notBefore ?? -TimeSpan.FromMinutes(1)),
            NotAfter = world.Now + (notAfter ?? TimeSpan.FromHours(1)),
            Nonce = "nonce",
        };
        return new NewTask(manifest, $"signed {manifest.Task}", null, asker, inputs);
    }

    /// <summary>A task at one node, stored.</summary>
    public static async Task<NewTask> SubmitAsync(
        this StoreWorld world, Asker asker, CollaborationId collaboration, WorkingNode node,
        LostNodePolicy lostNode = LostNodePolicy.Wait, WorkingNode? alternate = null, TimeSpan? notBefore = null)
    {
        var task = world.TaskFor(asker, collaboration, [node], lostNode, notBefore, alternate: alternate);
        Assert.IsType<CreateOutcome.Created>(await world.CreateAsync(task));
        return task;
    }
}
