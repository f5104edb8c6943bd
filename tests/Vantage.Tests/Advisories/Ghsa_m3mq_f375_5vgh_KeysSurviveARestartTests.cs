using System.Security.Cryptography;
using Vantage.Coordinator.Accounts.SecondFactors;
using Vantage.Coordinator.Hosting;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;
using Vantage.Tests.Coordinator.Accounts;
using Vantage.Tests.Coordinator.Hosting;

namespace Vantage.Tests.Advisories;

/// <summary>
/// GHSA-m3mq-f375-5vgh: the key behind the sessions came from the clock and the network card, and was made anew at each start.
/// Here sessions are random themselves, and the one key that is needed has 256 random bits and stays.
/// </summary>
public sealed class Ghsa_m3mq_f375_5vgh_KeysSurviveARestartTests(SignInWorld world) : IClassFixture<SignInWorld>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SessionsOutliveARestart_AndHoldAtAReplica()
    {
        var member = await world.JoinAsync(await Hospital.FoundAsync(world));
        var http = await member.SignInAsync();
        await using var second = world.Compose(new CoordinatorSettings
        {
            Persistence = new PersistenceSettings(world.Data), Listen = new ListenSettings { Urls = [new Uri("http://127.0.0.1:0")] },
        });
        await second.StartAsync(Cancel);

        using var elsewhere = new HttpClient { BaseAddress = new Uri(second.Urls.First()) };
        elsewhere.DefaultRequestHeaders.Authorization = http.Http.DefaultRequestHeaders.Authorization;
        var me = await new Rest(elsewhere).GetAsync<Me>(Routes.Me);
        await second.StopAsync(Cancel);

        Assert.Equal(member.User.Id, me.User);
    }

    [Fact]
    public void TheKey_Has256Bits_StaysInAFileOfItsOwner_AndIsNeverThatOfAnotherCoordinator()
    {
        using var random = RandomNumberGenerator.Create();
        var (one, other) = (Directory.CreateTempSubdirectory("vantage-key-"), Directory.CreateTempSubdirectory("vantage-key-"));
        try
        {
            var user = new UserId(Guid.CreateVersion7());
            var first = new AccountKey(new PersistenceSettings(one.FullName), random);
            var sealedText = first.Seal(user, "secret"u8);
            var again = new AccountKey(new PersistenceSettings(one.FullName), random);
            var foreign = new AccountKey(new PersistenceSettings(other.FullName), random);

            Assert.True(again.TryOpen(user, sealedText, out var secret));
            Assert.Equal("secret"u8, secret);
            Assert.False(foreign.TryOpen(user, sealedText, out _));
            Assert.False(again.TryOpen(new UserId(Guid.CreateVersion7()), sealedText, out _));
            Assert.NotEqual(first.Hash(user, "x"u8), foreign.Hash(user, "x"u8));
            var file = Path.Combine(one.FullName, AccountKey.FileName);
            Assert.Equal(256, File.ReadAllText(file).Trim().Length * 4);
            if (!OperatingSystem.IsWindows())
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
        finally
        {
            one.Delete(recursive: true);
            other.Delete(recursive: true);
        }
    }

    [Fact]
    public void ADamagedKey_StopsTheStart_RatherThanBeingReplaced()
    {
        using var random = RandomNumberGenerator.Create();
        var data = Directory.CreateTempSubdirectory("vantage-key-");
        try
        {
            File.WriteAllText(Path.Combine(data.FullName, AccountKey.FileName), "00ff");

            var refused = Assert.Throws<StartRefusedException>(() => new AccountKey(new PersistenceSettings(data.FullName), random));

            Assert.Contains("account.key", refused.Message, StringComparison.Ordinal);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }
}
