using Vantage.Client.Errors;
using Vantage.Client.Tasks;
using Vantage.Protocol.Api;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Manifests;
using Vantage.Tests.Protocol;

namespace Vantage.Tests.Client;

/// <summary>
/// Who is asked, and that no key is sealed to which a pinned root did not certify for that very node.
/// </summary>
public sealed class TaskPlannerTests
{
    private static readonly Partner North = new("North");
    private static readonly Partner South = new("South");
    private static readonly PinnedRoots Pins = new([PinnedRoot.Of(North.Root), PinnedRoot.Of(South.Root)]);

    [Fact]
    public void EveryMemberWithACertifiedNode_IsAsked_AndTheOthersAreNamed()
    {
        var west = new Member(OrganizationId.New(TimeProvider.System), "West", null,
            [new MemberNode(NodeId.New(TimeProvider.System), "w", true, null, null)]);

        var plan = Plan(Of(North), Of(South), west);

        Assert.Equal([North.Node, South.Node], plan.Targets.Select(t => t.Node.Id));
        Assert.Equal([North.NodeEncryption.KeyId, South.NodeEncryption.KeyId], plan.Targets.Select(t =>
            t.Node.Key.KeyId));
        Assert.Equal("West", Assert.Single(plan.NotAsked).Site);
    }

    [Fact]
    public void AnOrganizationThatWasNamed_IsNeverLeftOutSilently()
    {
        var west = new Member(OrganizationId.New(TimeProvider.System), "West", null, []);

        var refusal = Assert.Throws<VantageException>(() =>
            Plan(Choice(west.Organization, North.Id), null, Of(North), west));

        Assert.Equal(ClientErrorCodes.NoTargets, refusal.Code);
        Assert.Contains("West", refusal.What, StringComparison.Ordinal);
    }

    [Fact]
    public void AStranger_IsNoMember() =>
        Assert.Equal(ClientErrorCodes.NoTargets,
            Assert.Throws<VantageException>(() =>
            Plan(Choice(OrganizationId.New(TimeProvider.System)), null, Of(North))).Code);

    [Fact]
    public void AStudy_NarrowsTheCollaboration()
    {
        var study = new Study(StudyId.New(TimeProvider.System), CollaborationId.New(TimeProvider.System), "s",
            [South.Id], Partner.Now);

        var plan = Plan(Choice(), study, Of(North), Of(South));

        Assert.Equal(South.Id, Assert.Single(plan.Targets).Organization);
    }

    [Fact]
    public void APartnerThatIsNotPinned_StopsTheWholeQuestion()
    {
        var stranger = new Partner("Stranger");

        var refusal = Assert.Throws<VantageException>(() => Plan(Of(North), Of(stranger)));

        Assert.Equal(ClientErrorCodes.RootNotPinned, refusal.Code);
        Assert.Contains("'Stranger'", refusal.What, StringComparison.Ordinal);
        Assert.Contains("vantage keys pin", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AKeyOfAnotherNode_IsNotSealedTo()
    {
        var swapped = Of(North) with { Nodes = [Node(North.Node, true, South.NodeEncryption)] };

        Assert.Equal(ClientErrorCodes.CertificateUntrusted, Assert.Throws<VantageException>(() => Plan(swapped)).Code);
    }

    [Fact]
    public void AUsersKeyOrASigningKey_IsNotSealedTo()
    {
        Assert.Equal(ClientErrorCodes.CertificateUntrusted,
            Assert.Throws<VantageException>(() =>
            Plan(Of(North) with { Nodes = [Node(North.Node, true, North.UserEncryption)] })).Code);
        Assert.Equal(ClientErrorCodes.CertificateUntrusted,
            Assert.Throws<VantageException>(() =>
            Plan(Of(North) with { Nodes = [Node(North.Node, true, North.NodeSigning)] })).Code);
    }

    [Fact]
    public void OfSeveralNodes_AnOnlineOneIsAsked_AndUnderRetryTheOthersStandBy()
    {
        var (other, certificate) = SecondNode();
        var member = Of(North) with
        {
            Nodes = [Node(North.Node, false, North.NodeEncryption),
            Node(other, true, certificate)]
        };

        var waiting = Plan(Choice(), null, member);
        var retrying = Plan(Choice() with { LostNode = LostNodePolicy.Retry }, null, member);

        Assert.Equal(other, waiting.Targets[0].Node.Id);
        Assert.Empty(waiting.Targets[0].Alternates);
        Assert.Equal(North.Node, Assert.Single(retrying.Targets[0].Alternates).Id);
    }

    [Fact]
    public void TwoNodesNamedOfOneOrganization_AreNodeAndAlternateUnderRetry_AndOneTooManyOtherwise()
    {
        var (other, certificate) = SecondNode();
        var member = Of(North) with
        {
            Nodes = [Node(North.Node, false, North.NodeEncryption),
            Node(other, true, certificate)]
        };
        var both = Choice() with { Nodes = [North.Node, other] };

        var plan = Plan(both with { LostNode = LostNodePolicy.Retry }, null, member);

        Assert.Equal(other, Assert.Single(plan.Targets).Node.Id);
        Assert.Equal(North.Node, Assert.Single(plan.Targets[0].Alternates).Id);
        Assert.Throws<VantageException>(() => Plan(both, null, member));
    }

    [Fact]
    public void ANodeThatWasNamed_IsTheOneAsked()
    {
        var (other, certificate) = SecondNode();
        var member = Of(North) with
        {
            Nodes = [Node(North.Node, false, North.NodeEncryption),
            Node(other, true, certificate)]
        };

        var plan = Plan(Choice() with { Nodes = [North.Node] }, null, member, Of(South));

        Assert.Equal(North.Node, Assert.Single(plan.Targets).Node.Id);
        Assert.Throws<VantageException>(() =>
            Plan(Choice() with { Nodes = [NodeId.New(TimeProvider.System)] }, null, member));
    }

    [Fact]
    public void ASite_IsCalledWhatTheOwnPinsCallIt_NotWhatTheCoordinatorSays() =>
        Assert.Equal("North", Plan(Of(North) with { Name = "Something else" }).Targets[0].Site);

    private static (NodeId Node, Certificate Certificate) SecondNode()
    {
        var node = NodeId.New(TimeProvider.System);
        return (node, North.Certify(North.NodeEncryptionKey,
            Identity.Of(North.Id, node, CertificatePurpose.Encryption)));
    }

    private static TaskPlan Plan(params Member[] members) => Plan(Choice(), null, members);

    private static TaskPlan Plan(TargetChoice choice, Study? study, params Member[] members) =>
        TaskPlanner.Plan(choice, new Collaboration(choice.Collaboration, "c", members, Partner.Now), study, Pins,
            Partner.Now);

    private static TargetChoice Choice(params OrganizationId[] organizations) =>
        new(CollaborationId.New(TimeProvider.System), null, organizations.Length == 0 ? null
            : organizations, null, LostNodePolicy.Wait);

    private static Member Of(Partner partner) =>
        new(partner.Id, partner.Root.Name, null, [Node(partner.Node, true, partner.NodeEncryption)]);

    private static MemberNode Node(NodeId id, bool online, Certificate encryption) =>
        new(id, "node", online, [1], encryption.Der.ToArray());
}
