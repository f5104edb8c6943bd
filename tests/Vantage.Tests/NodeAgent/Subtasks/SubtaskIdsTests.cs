using Vantage.NodeAgent.Subtasks;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;

namespace Vantage.Tests.NodeAgent.Subtasks;

public sealed class SubtaskIdsTests
{
    private static readonly RunId Central = RunId.New(TimeProvider.System);
    private static readonly Digest Arguments = Digest.OfText("{}");
    private readonly SigningKey key = SigningKey.Create();

    [Fact]
    public void TheSameQuestion_HasTheSameId_WheneverItIsAsked()
    {
        var (before, after) = (SubtaskIds.Of(key), SubtaskIds.Of(SigningKey.FromPem(key.ToPem())));
        var node = NodeId.New(TimeProvider.System);
        var task = before.Task(Central, "partial", Arguments, 0);

        Assert.Equal(task, after.Task(Central, "partial", Arguments, 0));
        Assert.Equal(before.Run(task, node), after.Run(task, node));
    }

    [Fact]
    public void AnyOtherQuestion_HasAnotherId()
    {
        var ids = SubtaskIds.Of(key);
        TaskId[] all =
        [
            ids.Task(Central, "partial", Arguments, 0),
            ids.Task(Central, "partial", Arguments, 1),
            ids.Task(Central, "prepare", Arguments, 0),
            ids.Task(Central, "partial", Digest.OfText("[]"), 0),
            ids.Task(RunId.New(TimeProvider.System), "partial", Arguments, 0),
        ];

        Assert.Equal(all.Length, all.Distinct().Count());
    }

    /// <summary>Ids are seen by the Coordinator: who could compute them could try out which arguments they stand for.</summary>
    [Fact]
    public void WithoutTheNodesKey_NobodyFindsTheIdOfArguments() => Assert.NotEqual(
        SubtaskIds.Of(key).Task(Central, "partial", Arguments, 0), SubtaskIds.Of(SigningKey.Create()).Task(Central, "partial", Arguments, 0));

    [Fact]
    public void Ids_AreOfVersion7_AsOldAsTheirParent()
    {
        var id = SubtaskIds.Of(key).Task(Central, "partial", Arguments, 0).Value;

        Assert.Equal((7, Central.Value.ToString("N")[..12]), (id.Version, id.ToString("N")[..12]));
        Assert.InRange(id.Variant, 8, 11);
    }
}
