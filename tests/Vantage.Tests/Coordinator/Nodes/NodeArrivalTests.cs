using Vantage.Protocol.Api;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Ids;
using Vantage.Tests.Coordinator.Hosting;

namespace Vantage.Tests.Coordinator.Nodes;

public sealed class NodeArrivalTests(RunningCoordinator coordinator) : IClassFixture<RunningCoordinator>
{
    [Fact]
    public async Task ANode_IsInvitedEnrolledCertifiedAndSignsIn()
    {
        var hospital = await Hospital.FoundAsync(coordinator);
        await hospital.PublishRootAsync();

        var invited = await hospital.Admin.PostAsync<InvitedNode>(Routes.Nodes, new InviteNode("north"));
        var (signing, encryption) = (SigningKey.Create(), EncryptionKey.Create());
        var enrolled = await coordinator.Nobody.PostAsync<EnrolledNode>(
            Routes.NodeEnrolment, Hospital.Requests(invited.Code, signing, encryption));
        var waiting = await hospital.Admin.GetAsync<Node>($"{Routes.Nodes}/{invited.Node.Id}");
        var certificates = hospital.Certify(invited.Node.Id, signing, encryption);
        var certified = await hospital.Admin.PutAsync<Node>($"{Routes.Nodes}/{invited.Node.Id}/certificates", certificates);
        var session = await hospital.SignInAsync((invited.Node.Id, signing,
            Vantage.Protocol.Identities.CertificateChain.Of(Vantage.Protocol.Identities.Certificate.Parse(certificates.Signing), hospital.Root)));

        Assert.Equal(NodeStanding.Invited, invited.Node.Standing);
        Assert.Equal((invited.Node.Id, hospital.Id, "north"), (enrolled.Node, enrolled.Organization, enrolled.Name));
        Assert.Equal(hospital.Root.Der.ToArray(), enrolled.Root);
        Assert.Equal(NodeStanding.AwaitingCertification, waiting.Standing);
        Assert.Equal(NodeStanding.Certified, certified.Standing);
        Assert.False(certified.Online);
        Assert.Equal(certificates.Signing, session.SigningCertificate);
        Assert.StartsWith("vns_", session.Token, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACode_WorksOnce_ButItsOwnNodeIsAnsweredAgain()
    {
        var hospital = await Hospital.FoundAsync(coordinator);
        var invited = await hospital.Admin.PostAsync<InvitedNode>(Routes.Nodes, new InviteNode("north"));
        var (signing, encryption) = (SigningKey.Create(), EncryptionKey.Create());
        await coordinator.Nobody.PostAsync<EnrolledNode>(Routes.NodeEnrolment, Hospital.Requests(invited.Code, signing, encryption));

        var again = await coordinator.Nobody.PostAsync<EnrolledNode>(
            Routes.NodeEnrolment, Hospital.Requests(invited.Code, signing, encryption));
        var thief = await coordinator.Nobody.RefusedAsync(
            HttpMethod.Post, Routes.NodeEnrolment, Hospital.Requests(invited.Code, SigningKey.Create(), EncryptionKey.Create()));
        var madeUp = await coordinator.Nobody.RefusedAsync(
            HttpMethod.Post, Routes.NodeEnrolment, Hospital.Requests("vne_00000-00000-00000-00000-00000", signing, encryption));

        Assert.Equal(invited.Node.Id, again.Node);
        Assert.Null(again.SigningCertificate);
        Assert.Equal(ErrorCodes.EnrolmentCodeInvalid, thief.Code);
        Assert.Equal((thief.Code, thief.Detail, thief.Status), (madeUp.Code, madeUp.Detail, madeUp.Status));
    }

    [Fact]
    public async Task OfManyThatRaceForOneCode_OneWins()
    {
        var hospital = await Hospital.FoundAsync(coordinator);
        var invited = await hospital.Admin.PostAsync<InvitedNode>(Routes.Nodes, new InviteNode("north"));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            using var response = await coordinator.Nobody.Http.PostAsync(new Uri(Routes.NodeEnrolment, UriKind.Relative),
                System.Net.Http.Json.JsonContent.Create(Hospital.Requests(invited.Code, SigningKey.Create(), EncryptionKey.Create())),
                TestContext.Current.CancellationToken);
            return (int)response.StatusCode;
        }));

        Assert.Equal(1, outcomes.Count(status => status == 200));
        Assert.Equal(7, outcomes.Count(status => status == 403));
    }

    [Fact]
    public async Task AnExpiredCode_IsNamedAsSuchToItsHolder_AndInvitingAgainHelps()
    {
        var hospital = await Hospital.FoundAsync(coordinator);
        var invited = await hospital.Admin.PostAsync<InvitedNode>(Routes.Nodes, new InviteNode("north"));
        await ExpireAsync(invited.Node.Id);
        var (signing, encryption) = (SigningKey.Create(), EncryptionKey.Create());

        var expired = await coordinator.Nobody.RefusedAsync(
            HttpMethod.Post, Routes.NodeEnrolment, Hospital.Requests(invited.Code, signing, encryption));
        var second = await hospital.Admin.PostAsync<InvitedNode>(Routes.Nodes, new InviteNode("north"));
        var old = await coordinator.Nobody.RefusedAsync(
            HttpMethod.Post, Routes.NodeEnrolment, Hospital.Requests(invited.Code, signing, encryption));
        var enrolled = await coordinator.Nobody.PostAsync<EnrolledNode>(
            Routes.NodeEnrolment, Hospital.Requests(second.Code, signing, encryption));

        Assert.Equal(ErrorCodes.EnrolmentCodeExpired, expired.Code);
        Assert.Equal(ErrorCodes.EnrolmentCodeInvalid, old.Code);
        Assert.Equal(invited.Node.Id, enrolled.Node);
    }

    [Fact]
    public async Task AName_IsTakenOnceItsNodeHasEnrolled()
    {
        var hospital = await Hospital.FoundAsync(coordinator);
        await hospital.EnrolAsync("north");

        var refused = await hospital.Admin.RefusedAsync(HttpMethod.Post, Routes.Nodes, new InviteNode("North"));

        Assert.Equal(ErrorCodes.NameTaken, refused.Code);
    }

    [Fact]
    public async Task ACertificateForAnotherKeyOrNode_IsRefused()
    {
        var hospital = await Hospital.FoundAsync(coordinator);
        var (node, signing, encryption) = await hospital.EnrolAsync();
        var path = $"{Routes.Nodes}/{node}/certificates";

        var noRoot = await hospital.Admin.RefusedAsync(HttpMethod.Put, path, hospital.Certify(node, signing, encryption));
        await hospital.PublishRootAsync();
        var otherKey = await hospital.Admin.RefusedAsync(HttpMethod.Put, path, hospital.Certify(node, SigningKey.Create(), encryption));
        var otherNode = await hospital.Admin.RefusedAsync(
            HttpMethod.Put, path, hospital.Certify(NodeId.New(TimeProvider.System), signing, encryption));
        var stranger = await Hospital.FoundAsync(coordinator);
        var otherRoot = await hospital.Admin.RefusedAsync(HttpMethod.Put, path, stranger.Certify(node, signing, encryption));

        Assert.Equal(ErrorCodes.RootMissing, noRoot.Code);
        Assert.All([otherKey, otherNode, otherRoot], problem => Assert.Equal(ErrorCodes.CertificateInvalid, problem.Code));
    }

    private async Task ExpireAsync(NodeId node)
    {
        await using var command = coordinator.Superuser.CreateCommand(
            "UPDATE node_enrolment SET expires_at = now() - interval '1 second' WHERE node_id = $1");
        command.Parameters.Add(new() { Value = node.Value });
        Assert.Equal(1, await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
    }
}
