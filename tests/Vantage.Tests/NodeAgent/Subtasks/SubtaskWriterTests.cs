using FsCheck;
using FsCheck.Fluent;
using Vantage.NodeAgent.Runs;
using Vantage.NodeAgent.Subtasks;
using Vantage.NodeAgent.Trust;
using Vantage.Protocol.Api;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Manifests;
using Vantage.Tests.NodeAgent.Doubles;
using Vantage.Tests.NodeAgent.Trust;
using Vantage.Tests.Protocol;

namespace Vantage.Tests.NodeAgent.Subtasks;

/// <summary>What the delegate signs: all of what was delegated if asked, and nothing else.</summary>
public sealed class SubtaskWriterTests
{
    private readonly Delegated world = new(new Alliance());

    private Partner Delegate => world.Alliance.University;

    [Fact]
    public void WhatItSigns_IsTakenByTheTarget_OpensThere_AndComesBackToTheDelegateAlone()
    {
        var subtask = Write(world.Parent.Manifest, "partial", 0);
        var claim = new ClaimedRun(subtask.Manifest.Targets[0].Run, subtask.Manifest.Task, 1, subtask.Jws, world.Parent.Jws, subtask.Inputs[0]);

        var verdict = Assert.IsType<ManifestVerdict.Verified>(ManifestVerifierTests.Verifier(world.Alliance).Verify(claim));

        Assert.Equal((Delegate.User, Delegate.Node), (verdict.Requester.User, verdict.Requester.Delegate!.Node));
        Assert.Equal(Delegate.NodeEncryptionKey.KeyId, Assert.Single(verdict.Recipients).KeyId);
        Assert.Equal("{}"u8, Envelope.Open(subtask.Inputs[0], new EnvelopeContext(subtask.Manifest.Collaboration, subtask.Manifest.Task,
            claim.Run, PayloadKind.Input), world.Alliance.Hospital.NodeEncryptionKey));
    }

    /// <summary>Whatever a central function asks under whatever delegation: it is refused, or lies within.</summary>
    [Fact]
    public void NothingOutsideTheDelegation_IsEverSigned() => Prop.ForAll(
        Arb.From(Gen.SubListOf("partial", "prepare", "raw")), Arb.From(Gen.Elements("partial", "prepare", "raw", "", "central")),
        Arb.From(Gen.Choose(0, 4)), (functions, asked, earlier) =>
        {
            var given = world.Parent.Manifest.Delegation! with { Functions = [.. functions], MaxTasks = 3 };
            var parent = world.Parent.Manifest with { Delegation = given };
            var isWithin = functions.Contains(asked) && earlier < 3;
            try
            {
                var subtask = Write(parent, asked, earlier);
                return isWithin && DelegationRules.Check(
                    parent, Digest.OfText(world.Parent.Jws), subtask.Manifest, Delegate.NodeKey.KeyId, earlier).Count == 0;
            }
            catch (SubtaskRefusal e)
            {
                return !isWithin && e.Code == ErrorCodes.DelegationExceeded;
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void ADelegationToAnotherKey_IsNotUsed()
    {
        var given = world.Parent.Manifest.Delegation! with { DelegateKey = world.Alliance.Hospital.NodeKey.KeyId };

        var refusal = Assert.Throws<SubtaskRefusal>(() => Write(world.Parent.Manifest with { Delegation = given }, "partial", 0));

        Assert.Contains("another key than the delegate's", refusal.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Swaps => new()
    {
        { "missing", "no certified node" },
        { "another node's certificate", "the task lists another" },
        { "another key", "the task lists another" },
        { "not pinned", "pinned" },
    };

    /// <summary>The Coordinator hands certificates out, so it may hand out any.</summary>
    [Theory]
    [MemberData(nameof(Swaps))]
    public void AKeyThatTheDelegationDoesNotMean_IsNotSealedTo(string how, string why)
    {
        var hospital = world.Alliance.Hospital;
        var certificate = how switch
        {
            "missing" => null,
            "another node's certificate" => Delegate.NodeEncryption.Der.ToArray(),
            "another key" => hospital.Certify(EncryptionKey.Create(), Vantage.Protocol.Identities.Identity.Of(
                hospital.Id, hospital.Node, Vantage.Protocol.Identities.CertificatePurpose.Encryption)).Der.ToArray(),
            _ => new Partner(id: hospital.Id).NodeEncryption.Der.ToArray(),
        };
        var collaboration = new Collaboration(world.Alliance.Collaboration, "study",
            [new Member(hospital.Id, "St. Mary's", null, [new MemberNode(hospital.Node, "mary-1", true, null, certificate)])], Partner.Now);
        var trust = new Vantage.Protocol.Identities.PinnedRoots([
            Vantage.Protocol.Identities.PinnedRoot.Of(hospital.Root), Vantage.Protocol.Identities.PinnedRoot.Of(Delegate.Root)]);

        var refusal = Assert.Throws<SubtaskRefusal>(() => PeerKeys.Of(
            SubtaskSite.Of(world.Parent.Manifest.Delegation!, trust), collaboration, trust, Partner.Now));

        Assert.Contains(why, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(hospital.Root.Name, refusal.Message, StringComparison.Ordinal);
    }

    private SignedSubtask Write(TaskManifest parent, string function, int earlier)
    {
        var self = new NodeSelf(Delegate.Node, Delegate.Id, "north", Delegate.NodeKey, Delegate.NodeEncryptionKey, Delegate.NodeChain, Delegate.NodeEncryption);
        var order = new RunOrder
        {
            Manifest = parent,
            ManifestDigest = Digest.OfText(world.Parent.Jws),
            Signed = world.Parent.Jws,
            Target = parent.Targets[0],
            Epoch = 1,
            Requester = new Requester(Delegate.Id, Delegate.User),
            Permission = new PolicyDecision.Allowed("policy", "rule"),
            Arguments = "{}"u8.ToArray(),
            WorkDirectory = "",
        };
        var ids = SubtaskIds.Of(Delegate.NodeKey);
        var sites = SubtaskSite.Of(parent.Delegation!, Delegate.Trust)
            .Select(site => new SealableSite(site, world.Alliance.Hospital.NodeEncryptionKey.PublicKey)).ToList();
        var id = ids.Task(order.Run, function, Digest.OfText("{}"), 0);
        return new SubtaskWriter(self, order, sites, ids).Write(id, function, "{}"u8, earlier);
    }
}
