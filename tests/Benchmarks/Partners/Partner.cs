using Vantage.Benchmarks.Wire;
using Vantage.Protocol.Api;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;

namespace Vantage.Benchmarks.Partners;

/// <summary>An organization with its root, made through the routes that people use.</summary>
internal sealed class Partner
{
    private static readonly DateTimeOffset Start = TimeProvider.System.GetUtcNow().AddDays(-1);
    private readonly Uri url;
    private readonly AdminApi admin;
    private readonly SigningKey rootKey;

    private Partner(Uri url, OrganizationId id, AdminApi admin, SigningKey rootKey, Certificate root) =>
        (this.url, Id, this.admin, this.rootKey, Root) = (url, id, admin, rootKey, root);

    public OrganizationId Id { get; }

    public Certificate Root { get; }

    public static async Task<Partner> FoundAsync(Uri url, AdminApi coordinator, string name)
    {
        var organization = await coordinator.PostAsync<CreateOrganization, Organization>(Routes.Organizations, new(name));
        var created = await coordinator.PostAsync<CreateUser, CreatedUser>(
            Routes.Users, new($"Admin of {name}", null, organization.Id, [Role.OrganizationAdmin]));
        var key = SigningKey.Create();
        var root = Certificates.CreateRoot(organization.Id, name, key, Start, Start.AddYears(10));
        var own = new AdminApi(url, created.Token.Secret);
        await own.PutAsync<PublishRoot, Organization>($"{Routes.Organizations}/{organization.Id}/root", new(root.Der.ToArray()));
        return new Partner(url, organization.Id, own, key, root);
    }

    public async Task<Researcher> HireAsync(string name)
    {
        var created = await admin.PostAsync<CreateUser, CreatedUser>(Routes.Users, new(name, null, Id, [Role.Researcher]));
        var (signing, encryption) = (SigningKey.Create(), EncryptionKey.Create());
        var id = created.User.Id;
        var certificate = Certify(KeyRequest.Create(signing), Identity.Of(Id, id, CertificatePurpose.Signing));
        var sealing = Certify(KeyRequest.Create(encryption), Identity.Of(Id, id, CertificatePurpose.Encryption));
        return new Researcher(id, Id, created.Token.Secret, signing, encryption, CertificateChain.Of(certificate, Root), sealing.Der.ToArray());
    }

    /// <summary>Invited, enrolled, certified and signed in.</summary>
    public async Task<Site> OpenAsync(string name)
    {
        var invited = await admin.PostAsync<InviteNode, InvitedNode>(Routes.Nodes, new(name));
        var (signing, encryption) = (SigningKey.Create(), EncryptionKey.Create());
        var (asksSigning, asksEncryption) = (KeyRequest.Create(signing), KeyRequest.Create(encryption));
        using var anyone = new AdminApi(url);
        await anyone.PostAsync<EnrolNode, EnrolledNode>(
            Routes.NodeEnrolment, new(invited.Code, asksSigning.Der.ToArray(), asksEncryption.Der.ToArray()));
        var id = invited.Node.Id;
        var certificate = Certify(asksSigning, Identity.Of(Id, id, CertificatePurpose.Signing));
        var sealing = Certify(asksEncryption, Identity.Of(Id, id, CertificatePurpose.Encryption));
        await admin.PutAsync<PublishCertificates, Node>(
            $"{Routes.Nodes}/{id}/certificates", new(certificate.Der.ToArray(), sealing.Der.ToArray()));
        return await Site.SignInAsync(url, Id, id, signing, encryption, CertificateChain.Of(certificate, Root));
    }

    private Certificate Certify(KeyRequest request, Identity identity) =>
        Certificates.Certify(request, identity, "bench", Root, rootKey, Start, Start.AddYears(2));
}

/// <summary>Somebody who asks.</summary>
internal sealed record Researcher(UserId Id, OrganizationId Organization, string Token, SigningKey Signing, EncryptionKey Encryption,
    CertificateChain Chain, byte[] EncryptionCertificate);
