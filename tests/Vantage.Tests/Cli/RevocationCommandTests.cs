using Vantage.Client.Home;
using Vantage.Protocol.Errors;
using Vantage.Tests.Coordinator.Hosting;

namespace Vantage.Tests.Cli;

/// <summary>The root stays offline; a signer that it certified revokes, publishes and renews.</summary>
public sealed class RevocationCommandTests(RunningCoordinator coordinator) : IClassFixture<RunningCoordinator>, IAsyncLifetime
{
    private readonly Desk desk = new(coordinator);
    private string north = "";

    public async ValueTask InitializeAsync()
    {
        await desk.AdminLogsInAsync();
        north = await desk.FoundAsync("north");
        await desk.RootAsync("north");
    }

    public ValueTask DisposeAsync()
    {
        desk.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task ASignerMadeElsewhere_IsCertifiedByTheRoot_AndRevokesWithoutIt()
    {
        await desk.HireAsync("officer", north, "organization-admin");
        new ClientHome(desk.Folder["officer"]).InstallRoot(new ClientHome(desk.Folder["north"]).ReadRoot());
        var fingerprint = await desk.TypeAsync("officer", "keys", "signer", "create", "--out", desk.Folder["signer.csr"]);
        await desk.TypeAsync("north", "keys", "signer", "certify", "--request", desk.Folder["signer.csr"], "--fingerprint", fingerprint,
            "--out", desk.Folder["signer.crt"], "--passphrase-file", desk.Folder["passphrase"]);
        await desk.TypeAsync("officer", "keys", "signer", "install", desk.Folder["signer.crt"]);

        Assert.Equal("1", await desk.TypeAsync("officer", "keys", "revocations", "renew"));
        Assert.Equal("2", await desk.TypeAsync("officer", "keys", "revoke", $"officer {desk.Tag}", "--reason", "Left"));
        Assert.Equal("3", await desk.TypeAsync("officer", "keys", "revocations", "renew"));

        var shown = (await desk.AskAsync("north", "keys", "revocations", "show")).GetProperty("lists")[0];
        Assert.Equal(3, shown.GetProperty("serial").GetInt32());
        Assert.Equal("Left", shown.GetProperty("revoked")[0].GetProperty("reason").GetString());
        // The root's home goes on from what the signer published.
        Assert.Equal("4", await desk.TypeAsync("north", "keys", "revocations", "renew", "--passphrase-file", desk.Folder["passphrase"]));
    }

    [Fact]
    public async Task WhoHoldsNeitherSignerNorRoot_RevokesNobody()
    {
        await desk.HireAsync("deputy", north, "organization-admin");
        new ClientHome(desk.Folder["deputy"]).InstallRoot(new ClientHome(desk.Folder["north"]).ReadRoot());

        var refused = await desk.RunAsync("deputy", "keys", "revocations", "renew");

        Assert.Equal(ExitCodes.Configuration, refused.ExitCode);
        Assert.Contains("vantage keys signer create", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SomebodyUnknown_IsNotRevokedByMistake()
    {
        var refused = await desk.RunAsync("north", "keys", "revoke", "nobody at all", "--reason", "x", "--passphrase-file",
            desk.Folder["passphrase"]);

        Assert.Equal(ExitCodes.NotFound, refused.ExitCode);
    }
}
