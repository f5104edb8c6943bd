using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Identities;
using Vantage.Tests.Protocol;
using Vantage.Tests.Protocol.Revocations;

namespace Vantage.Tests.Client;

/// <summary>What is asked at one device is sealed to all of the asker's whose keys count, and to nothing else.</summary>
public sealed class OwnDevicesTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AResult_IsReadAtEachDevice()
    {
        await using var federation = await FakeFederation.StartAsync("South");
        var (_, laptop) = federation.AddDevice();
        federation.Answer = (_, run) => run.Succeed("{\"n\":7}"u8.ToArray());

        var task = await federation.Client().SubmitAsync(SubmitTests.Ask(federation, "{}"), Stop);

        Assert.All(federation.Runs.Values, run =>
        {
            Assert.Equal([federation.Asker.UserEncryptionKey.KeyId, laptop.KeyId], run.Manifest.Recipients.Select(reader => reader.Key));
            Assert.All(run.Manifest.Recipients, reader => Assert.Equal(federation.Asker.User.ToString(), reader.Principal));
            Assert.Contains(laptop.KeyId, Envelope.RecipientsOf(run.End!.Envelopes["result"]));
        });
        Assert.Equal(2, task.Targets.Count);
    }

    [Fact]
    public async Task ADeviceThatExpired_WasRevokedOrIsNobodysInThePins_IsPassedOver()
    {
        await using var federation = await FakeFederation.StartAsync();
        var (standing, _) = federation.AddDevice();
        federation.AddDevice(notAfter: Partner.Now.AddDays(-1));
        federation.AddDevice(by: new Partner("Coordinator Inc."));
        var (revoked, _) = federation.AddDevice();
        var office = new RevocationOffice(federation.Asker);
        federation.Home.KeyRevocations.Take(office.Sign(office.Of(Certificate.Parse(revoked.EncryptionCertificate).KeyId)),
            federation.Asker.Trust, Partner.Now);

        await federation.Client().SubmitAsync(SubmitTests.Ask(federation, "{}"), Stop);

        Assert.Equal([federation.Asker.UserEncryptionKey.KeyId, Certificate.Parse(standing.EncryptionCertificate).KeyId],
            federation.Runs.Values.Single().Manifest.Recipients.Select(reader => reader.Key));
    }

    [Fact]
    public async Task ACoordinatorThatKnowsNoDevices_ChangesNothing()
    {
        await using var federation = await FakeFederation.StartAsync();

        await federation.Client().SubmitAsync(SubmitTests.Ask(federation, "{}"), Stop);

        Assert.Equal(federation.Asker.UserEncryptionKey.KeyId, Assert.Single(federation.Runs.Values.Single().Manifest.Recipients).Key);
    }
}
