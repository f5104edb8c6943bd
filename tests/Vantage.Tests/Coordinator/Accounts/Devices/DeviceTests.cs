using Vantage.Protocol.Api;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;
using Vantage.Tests.Coordinator.Hosting;

namespace Vantage.Tests.Coordinator.Accounts.Devices;

/// <summary>A person works at several devices: each has certified keys of its own, and goes without the others noticing.</summary>
public sealed class DeviceTests(RunningCoordinator coordinator) : IClassFixture<RunningCoordinator>
{
    [Fact]
    public async Task AnotherDevice_LeavesTheFirstWhatItWas_AndIsToldToItsOwner()
    {
        var (hospital, ada, id) = await HiredAsync();
        var (desk, laptop) = (Certified(hospital, id, "desk"), Certified(hospital, id, "laptop"));

        await ada.PutAsync<User>(Certificates(id), desk);
        var shown = await ada.PutAsync<User>(Certificates(id), laptop);
        var collaboration = await coordinator.Admin.PostAsync<Collaboration>(
            Routes.Collaborations, new CreateCollaboration($"Study {Guid.CreateVersion7():N}", [hospital.Id]));
        coordinator.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(["desk", "laptop"], shown.Devices!.Select(device => device.Name!));
        Assert.Equal([desk.Encryption, laptop.Encryption], shown.Devices!.Select(device => device.EncryptionCertificate));
        Assert.Equal(laptop.Signing, shown.SigningCertificate);
        Assert.Equal(shown.Devices!.Select(device => device.Key),
            (await ada.GetAsync<Collaboration>($"{Routes.Collaborations}/{collaboration.Id}")).Devices!.Select(device => device.Key));
        Assert.Empty((await hospital.Admin.GetAsync<Collaboration>($"{Routes.Collaborations}/{collaboration.Id}")).Devices!);
    }

    [Fact]
    public async Task NewCertificatesOfAKnownKey_AreThatDevicesNewOnes()
    {
        var (hospital, ada, id) = await HiredAsync();
        using var signing = SigningKey.Create();
        var (first, again) = (Certified(hospital, id, "desk", signing), Certified(hospital, id, null, signing));

        await ada.PutAsync<User>(Certificates(id), first);
        var shown = await ada.PutAsync<User>(Certificates(id), again);

        var device = Assert.Single(shown.Devices!);
        Assert.Equal((signing.KeyId, "desk"), (device.Key, device.Name));
        Assert.Equal(again.Encryption, device.EncryptionCertificate);
    }

    [Fact]
    public async Task ADeviceThatWasTakenOff_IsGone_AndTheOtherStays()
    {
        var (hospital, ada, id) = await HiredAsync();
        await ada.PutAsync<User>(Certificates(id), Certified(hospital, id, "desk"));
        var both = await ada.PutAsync<User>(Certificates(id), Certified(hospital, id, "laptop"));
        var stranger = await Hospital.FoundAsync(coordinator);
        var (colleague, _) = await hospital.HireAsync(Role.Researcher);
        var path = $"{Routes.Users}/{id}/devices/{both.Devices![0].Key}";

        Assert.Equal(ErrorCodes.NotFound, (await stranger.Admin.RefusedAsync(HttpMethod.Delete, path)).Code);
        Assert.Equal(ErrorCodes.Forbidden, (await colleague.RefusedAsync(HttpMethod.Delete, path)).Code);
        await ada.DeleteAsync(path);

        Assert.Equal(["laptop"], (await ada.GetAsync<User>($"{Routes.Users}/{id}")).Devices!.Select(device => device.Name!));
        Assert.Equal(ErrorCodes.NotFound, (await ada.RefusedAsync(HttpMethod.Delete, path)).Code);
    }

    [Fact]
    public async Task NobodyHasMoreThanSixteen_NorOneThatIsNamedToDeceive()
    {
        var (hospital, ada, id) = await HiredAsync();
        foreach (var _ in Enumerable.Range(0, 16))
            await ada.PutAsync<User>(Certificates(id), Certified(hospital, id, null));

        Assert.Equal(ErrorCodes.Conflict, (await ada.RefusedAsync(HttpMethod.Put, Certificates(id), Certified(hospital, id, null))).Code);
        Assert.Equal(ErrorCodes.InvalidInput, (await ada.RefusedAsync(HttpMethod.Put, Certificates(id), Certified(hospital, id, "lap\u200btop"))).Code);
    }

    private static string Certificates(UserId id) => $"{Routes.Users}/{id}/certificates";

    private async Task<(Hospital Hospital, Rest Ada, UserId Id)> HiredAsync()
    {
        var hospital = await Hospital.FoundAsync(coordinator);
        await hospital.PublishRootAsync();
        var (http, user) = await hospital.HireAsync(Role.Researcher);
        return (hospital, http, user.User.Id);
    }

    private static PublishCertificates Certified(Hospital hospital, UserId id, string? name, SigningKey? of = null)
    {
        using var signing = of is null ? SigningKey.Create() : null;
        using var encryption = EncryptionKey.Create();
        return new PublishCertificates(
            hospital.Certify(KeyRequest.Create(of ?? signing!), Identity.Of(hospital.Id, id, CertificatePurpose.Signing)),
            hospital.Certify(KeyRequest.Create(encryption), Identity.Of(hospital.Id, id, CertificatePurpose.Encryption)), name);
    }
}
