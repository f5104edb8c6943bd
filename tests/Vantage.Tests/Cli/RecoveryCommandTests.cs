using Vantage.Client.Home;
using Vantage.Protocol.Errors;
using Vantage.Tests.Coordinator.Hosting;

namespace Vantage.Tests.Cli;

/// <summary>Lost keys come back by enough custodians, and not by fewer.</summary>
public sealed class RecoveryCommandTests(RunningCoordinator coordinator) : IClassFixture<RunningCoordinator>, IAsyncLifetime
{
    private readonly Desk desk = new(coordinator);
    private string north = "";

    public async ValueTask InitializeAsync()
    {
        await desk.AdminLogsInAsync();
        north = await desk.FoundAsync("north");
        await desk.RootAsync("north");
        foreach (var person in new[] { "anna", "ben", "carla" })
        {
            await EmployAsync(person);
        }
    }

    public ValueTask DisposeAsync()
    {
        desk.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task TwoCustodiansOfTwo_GiveAPersonHerKeysBack_AndOneDoesNot()
    {
        var (before, _) = new ClientHome(desk.Folder["anna"]).OpenUserKeys();
        await desk.TypeAsync("anna", "keys", "backup", "--custodian", $"ben {desk.Tag}", "--custodian", $"carla {desk.Tag}", "--threshold", "2",
            "--out", desk.Folder["anna.backup"]);
        await desk.TypeAsync("anna-2", "login", "--url", coordinator.Url, "--token-file", desk.Folder["anna.token"]);
        await desk.TypeAsync("anna-2", "keys", "install", Path.Combine(desk.Folder["north"], "pins.jws"), "--fingerprint", await RootAsync());
        var fingerprint = await desk.TypeAsync("anna-2", "keys", "recover", "begin", "--out", desk.Folder["recovery.pem"]);
        await ReleaseAsync("ben", fingerprint);
        var tooFew = await desk.RunAsync("anna-2", "keys", "recover", "finish", desk.Folder["anna.backup"], "--share", desk.Folder["ben.share"]);
        Assert.Equal(ExitCodes.Usage, tooFew.ExitCode);
        await ReleaseAsync("carla", fingerprint);

        await desk.TypeAsync("anna-2", "keys", "recover", "finish", desk.Folder["anna.backup"], "--share", desk.Folder["ben.share"],
            "--share", desk.Folder["carla.share"]);
        await desk.TypeAsync("anna-2", "keys", "install");

        var (after, _) = new ClientHome(desk.Folder["anna-2"]).OpenUserKeys();
        Assert.Equal(before.KeyId, after.KeyId);
        Assert.True(new ClientHome(desk.Folder["anna-2"]).HasUserCertificates);
    }

    [Fact]
    public async Task ACustodian_ReleasesNothingToAKeyWithAnotherFingerprint_NorSomebodyElsesShare()
    {
        await desk.TypeAsync("anna", "keys", "backup", "--custodian", $"ben {desk.Tag}", "--custodian", $"anna {desk.Tag}", "--threshold", "2",
            "--out", desk.Folder["anna.backup"]);
        await desk.TypeAsync("anna", "keys", "recover", "begin", "--out", desk.Folder["recovery.pem"]);

        var swapped = await desk.RunAsync("ben", "keys", "recover", "release", desk.Folder["anna.backup"], "--for", desk.Folder["recovery.pem"],
            "--fingerprint", string.Concat(Enumerable.Repeat("0000 ", 16)), "--out", desk.Folder["x.share"]);
        var stranger = await desk.RunAsync("carla", "keys", "recover", "release", desk.Folder["anna.backup"], "--for", desk.Folder["recovery.pem"],
            "--fingerprint", "x", "--out", desk.Folder["x.share"]);

        Assert.Equal(ExitCodes.Untrusted, swapped.ExitCode);
        Assert.Equal(ExitCodes.NotFound, stranger.ExitCode);
        Assert.False(File.Exists(desk.Folder["x.share"]));
    }

    private Task<string> ReleaseAsync(string custodian, string fingerprint) => desk.TypeAsync(custodian, "keys", "recover", "release",
        desk.Folder["anna.backup"], "--for", desk.Folder["recovery.pem"], "--fingerprint", fingerprint, "--out", desk.Folder[$"{custodian}.share"]);

    private async Task<string> RootAsync() => await desk.RootAsync("north");

    private async Task EmployAsync(string person)
    {
        var id = await desk.HireAsync(person, north, "researcher");
        var fingerprint = await desk.TypeAsync(person, "keys", "request", "--out", desk.Folder[$"{person}.pem"]);
        await desk.TypeAsync("north", "keys", "certify", "--user", id, "--request", desk.Folder[$"{person}.pem"], "--fingerprint", fingerprint,
            "--passphrase-file", desk.Folder["passphrase"]);
        await desk.TypeAsync(person, "keys", "install", Path.Combine(desk.Folder["north"], "pins.jws"), "--fingerprint", await RootAsync());
    }
}
