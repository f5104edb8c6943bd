using Vantage.Protocol.Api;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Statements;

namespace Vantage.Tests.Coordinator.Hosting;

/// <summary>An organization on a running Coordinator, with an admin, and a root once it has published one.</summary>
internal sealed class Hospital(RunningCoordinator coordinator, Organization organization, CreatedUser admin)
{
    private static readonly DateTimeOffset Start = TimeProvider.System.GetUtcNow().AddDays(-1);

    public OrganizationId Id => organization.Id;

    public UserId AdminId => admin.User.Id;

    public Rest Admin { get; } = coordinator.With(admin.Token.Secret);

    public SigningKey RootKey { get; } = SigningKey.Create();

    public Certificate Root { get => field ??= Certificates.CreateRoot(Id, organization.Name, RootKey, Start, Start.AddYears(10)); }

    public static async Task<Hospital> FoundAsync(RunningCoordinator coordinator, string? name = null)
    {
        name ??= $"Hospital {Guid.CreateVersion7():N}";
        var organization = await coordinator.Admin.PostAsync<Organization>(Routes.Organizations, new CreateOrganization(name, "NL"));
        var admin = await coordinator.Admin.PostAsync<CreatedUser>(Routes.Users,
            new CreateUser("Admin", null, organization.Id, [Role.OrganizationAdmin]));
        return new Hospital(coordinator, organization, admin);
    }

    public Task PublishRootAsync() => Admin.PutAsync<Organization>($"{Routes.Organizations}/{Id}/root", new PublishRoot(Root.Der.ToArray()));

    public async Task<(Rest Http, CreatedUser User)> HireAsync(params Role[] roles)
    {
        var user = await Admin.PostAsync<CreatedUser>(Routes.Users,
            new CreateUser($"Person {Guid.CreateVersion7():N}", "ada@example.org", Id, roles));
        return (coordinator.With(user.Token.Secret), user);
    }

    public async Task<(NodeId Node, SigningKey Signing, EncryptionKey Encryption)> EnrolAsync(string name = "node")
    {
        var invited = await Admin.PostAsync<InvitedNode>(Routes.Nodes, new InviteNode(name));
        var (signing, encryption) = (SigningKey.Create(), EncryptionKey.Create());
        await coordinator.Nobody.PostAsync<EnrolledNode>(Routes.NodeEnrolment, Requests(invited.Code, signing, encryption));
        return (invited.Node.Id, signing, encryption);
    }

    public static EnrolNode Requests(string code, SigningKey signing, EncryptionKey encryption) =>
        new(code, KeyRequest.Create(signing).Der.ToArray(), KeyRequest.Create(encryption).Der.ToArray());

    public PublishCertificates Certify(NodeId node, SigningKey signing, EncryptionKey encryption) => new(
        Certify(KeyRequest.Create(signing), Identity.Of(Id, node, CertificatePurpose.Signing)),
        Certify(KeyRequest.Create(encryption), Identity.Of(Id, node, CertificatePurpose.Encryption)));

    public byte[] Certify(KeyRequest request, Identity identity) =>
        Certificates.Certify(request, identity, "Somebody", Root, RootKey, Start, Start.AddYears(2)).Der.ToArray();

    /// <summary>An enrolled, certified node, ready to sign in.</summary>
    public async Task<(NodeId Node, SigningKey Signing, CertificateChain Chain)> CertifiedNodeAsync(string name = "node")
    {
        if ((await Admin.GetAsync<Organization>($"{Routes.Organizations}/{Id}")).Root is null)
            await PublishRootAsync();
        var (node, signing, encryption) = await EnrolAsync(name);
        var certificates = Certify(node, signing, encryption);
        await Admin.PutAsync<Node>($"{Routes.Nodes}/{node}/certificates", certificates);
        return (node, signing, CertificateChain.Of(Certificate.Parse(certificates.Signing), Root));
    }

    public async Task<NodeSession> SignInAsync((NodeId Node, SigningKey Signing, CertificateChain Chain) node, string? audience = null)
    {
        var challenge = await coordinator.Nobody.PostAsync<SignInChallenge>(Routes.NodeSignInChallenge, new SignInChallengeRequest(node.Node));
        return await coordinator.Nobody.PostAsync<NodeSession>(Routes.NodeSignIn,
            new NodeSignIn(Answer(node, challenge.Challenge, audience ?? coordinator.Url)));
    }

    public static string Answer((NodeId Node, SigningKey Signing, CertificateChain Chain) node, string challenge, string audience) =>
        SignInStatement.Sign(new SignInStatement
        {
            V = 1, Node = node.Node, Challenge = challenge, Audience = audience, IssuedAt = TimeProvider.System.GetUtcNow(),
        }, node.Signing, node.Chain);
}
