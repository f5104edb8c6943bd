using Vantage.Protocol.Api;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;

namespace Vantage.Tests.Coordinator.Hosting;

/// <summary>Two hospitals that work together on a running Coordinator: each with a node, the first with a researcher.</summary>
internal sealed class Partnership
{
    private static readonly DateTimeOffset Start = TimeProvider.System.GetUtcNow();

    private Partnership(RunningCoordinator coordinator, Hospital asking, Hospital asked, Collaboration collaboration, Person ada, List<Site> sites) =>
        (Coordinator, Asking, Asked, Collaboration, Ada, Sites) = (coordinator, asking, asked, collaboration.Id, ada, sites);

    public RunningCoordinator Coordinator { get; }

    public Hospital Asking { get; }

    public Hospital Asked { get; }

    public CollaborationId Collaboration { get; }

    /// <summary>The researcher, with certified keys.</summary>
    public Person Ada { get; }

    /// <summary>The nodes: first the asking hospital's, then the asked one's.</summary>
    public IReadOnlyList<Site> Sites { get; }

    public static async Task<Partnership> FormAsync(RunningCoordinator coordinator)
    {
        var (asking, asked) = (await Hospital.FoundAsync(coordinator), await Hospital.FoundAsync(coordinator));
        var collaboration = await coordinator.Admin.PostAsync<Collaboration>(
            Routes.Collaborations, new CreateCollaboration($"Study {Guid.CreateVersion7():N}", [asking.Id, asked.Id]));
        var sites = new List<Site> { await Site.OpenAsync(coordinator, asking), await Site.OpenAsync(coordinator, asked) };
        return new Partnership(coordinator, asking, asked, collaboration, await Person.HireAsync(coordinator, asking, Role.Researcher), sites);
    }

    public static DateTimeOffset CertifiedUntil => Start.AddYears(1);
}

/// <summary>Somebody with a token and certified keys.</summary>
internal sealed record Person(UserId Id, Rest Http, SigningKey Signing, EncryptionKey Encryption, CertificateChain Chain, byte[] EncryptionCertificate)
{
    /// <summary>The hospital's root has to be published.</summary>
    public static async Task<Person> HireAsync(RunningCoordinator coordinator, Hospital hospital, params Role[] roles)
    {
        var (http, user) = await hospital.HireAsync(roles);
        var (signing, encryption) = (SigningKey.Create(), EncryptionKey.Create());
        var id = user.User.Id;
        var certificate = Certificate.Parse(hospital.Certify(
            KeyRequest.Create(signing), Identity.Of(hospital.Id, id, CertificatePurpose.Signing)));
        return new Person(id, http, signing, encryption, CertificateChain.Of(certificate, hospital.Root),
            hospital.Certify(KeyRequest.Create(encryption), Identity.Of(hospital.Id, id, CertificatePurpose.Encryption)));
    }
}
