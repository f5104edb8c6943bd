using FsCheck;
using FsCheck.Fluent;
using Vantage.NodeAgent.Trust;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Manifests;
using Vantage.Tests.NodeAgent.Doubles;

namespace Vantage.Tests.NodeAgent.Trust;

/// <summary>Delegation narrows, never widens.</summary>
public sealed class DelegationTests
{
    private readonly Delegated world = new(new Alliance());

    [Fact]
    public void SubtaskWithin_IsVerifiedAsThePersonsByTheDelegate()
    {
        var verdict = Assert.IsType<ManifestVerdict.Verified>(Verify(world.Subtask));

        Assert.Equal(world.Alliance.University.User, verdict.Requester.User);
        Assert.Equal(world.Alliance.University.Node, verdict.Requester.Delegate!.Node);
        Assert.Equal(world.Parent.Task, verdict.Requester.Delegate.Parent.Task);
    }

    [Theory]
    [MemberData(nameof(Delegated.Widenings), MemberType = typeof(Delegated))]
    public void SubtaskThatReachesForMore_IsRefused(string how)
    {
        var verdict = Assert.IsType<ManifestVerdict.Refused>(Verify(world.Widen(how)));

        Assert.Equal(RunCodes.ManifestUntrusted, verdict.Code);
        Assert.Contains("beyond its delegation", verdict.Message);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void DelegationIsUsedUp_AfterItsTasks(int earlier, bool allowed) =>
        Assert.Equal(allowed, Verify(world.Subtask, earlier) is ManifestVerdict.Verified);

    [Fact]
    public void PinningMoreThanTheDelegationDoes_IsNarrowing()
    {
        var pinned = world.Subtask with { Data = [world.Subtask.Data[0] with { Version = "7", Digest = Digest.OfText("content") }] };

        Assert.IsType<ManifestVerdict.Verified>(Verify(pinned));
    }

    [Fact]
    public void WhatTheDelegationPins_StaysPinned()
    {
        var given = world.Parent.Manifest.Delegation!;
        var parent = world.Parent.Manifest with { Delegation = given with { Data = [given.Data[0] with { Version = "7" }] } };

        Assert.NotEmpty(Check(parent, world.Subtask));
        Assert.Empty(Check(parent, world.Subtask with { Data = [world.Subtask.Data[0] with { Version = "7" }] }));
    }

    [Fact]
    public void AnotherNodesSignature_IsRefused()
    {
        var hospital = world.Alliance.Hospital;
        var claim = world.Claim(world.Subtask) with { Manifest = Alliance.Sign(world.Subtask, hospital.NodeKey, hospital.NodeChain) };

        Assert.Contains("another key than the delegate's", Refused(Verifier().Verify(claim)).Message);
    }

    [Fact]
    public void PersonsTaskThatClaimsAParent_IsRefused()
    {
        var university = world.Alliance.University;
        var claim = world.Claim(world.Subtask) with { Manifest = Alliance.Sign(world.Subtask, university.UserKey, university.UserChain) };

        Assert.Equal(RunCodes.ManifestUntrusted, Refused(Verifier().Verify(claim)).Code);
    }

    [Fact]
    public void SubtaskWithoutItsParentsManifest_IsRefused() =>
        Assert.Equal(RunCodes.ManifestUntrusted, Refused(Verifier().Verify(world.Claim(world.Subtask) with { ParentManifest = null })).Code);

    [Fact]
    public void AnyRecipientButTheDelegate_IsRefused()
    {
        var subtask = world.Subtask with { Recipients = [.. world.Subtask.Recipients, Alliance.Recipient(world.Alliance.University)] };

        Assert.Equal(RunCodes.RecipientUntrusted, Refused(Verify(subtask)).Code);
    }

    /// <summary>Any combination of widenings is refused as each of them is: none makes up for another.</summary>
    [Fact]
    public void AnyCombinationOfWidenings_IsRefused()
    {
        var ways = Delegated.Widenings.Select(row => row.Data).ToArray();
        Prop.ForAll(Arb.From(Gen.SubListOf(ways)), chosen =>
        {
            // Later widenings overwrite what earlier ones changed; what is left is still one at least.
            var subtask = chosen.Aggregate(world.Subtask, (current, how) => Merge(current, world.Widen(how)));
            return Check(world.Parent.Manifest, subtask).Count == 0 == (chosen.Count == 0);
        }).QuickCheckThrowOnFailure();
    }

    private TaskManifest Merge(TaskManifest current, TaskManifest widened) => current with
    {
        Collaboration = Changed(m => m.Collaboration, current, widened),
        Study = Changed(m => m.Study, current, widened),
        Job = Changed(m => m.Job, current, widened),
        Type = Changed(m => m.Type, current, widened),
        Algorithm = Changed(m => m.Algorithm, current, widened),
        Function = Changed(m => m.Function, current, widened),
        Targets = Changed(m => m.Targets, current, widened),
        Data = Changed(m => m.Data, current, widened),
        Session = Changed(m => m.Session, current, widened),
        Purpose = Changed(m => m.Purpose, current, widened),
        ProjectCode = Changed(m => m.ProjectCode, current, widened),
        NotBefore = Changed(m => m.NotBefore, current, widened),
        NotAfter = Changed(m => m.NotAfter, current, widened),
        Parent = Changed(m => m.Parent, current, widened),
        Resources = Changed(m => m.Resources, current, widened),
        LostNode = Changed(m => m.LostNode, current, widened),
    };

    private T Changed<T>(Func<TaskManifest, T> member, TaskManifest current, TaskManifest widened) =>
        Equals(member(widened), member(world.Subtask)) ? member(current) : member(widened);

    private IReadOnlyList<string> Check(TaskManifest parent, TaskManifest subtask) => DelegationRules.Check(
        parent, Digest.OfText(world.Parent.Jws), subtask, world.Alliance.University.NodeKey.KeyId, 0);

    private ManifestVerdict Verify(TaskManifest subtask, int earlierSiblings = 0) =>
        Verifier().Verify(world.Claim(subtask), earlierSiblings);

    private ManifestVerifier Verifier() => ManifestVerifierTests.Verifier(world.Alliance);

    private static ManifestVerdict.Refused Refused(ManifestVerdict verdict) => Assert.IsType<ManifestVerdict.Refused>(verdict);
}
