using Vantage.Client.Home;
using Vantage.Protocol.Errors;
using Vantage.Tests.Coordinator.Hosting;

namespace Vantage.Tests.Cli;

/// <summary>
/// The ceremony of keys: nothing is believed before a person compared it, and every step may be repeated.
/// </summary>
public sealed class KeyCommandTests(RunningCoordinator coordinator) : IClassFixture<RunningCoordinator>, IAsyncLifetime
{
    private const string Wrong = "0000 0000 0000 0000 0000 0000 0000 0000 0000 0000 0000 0000 0000 0000 0000 0000";
    private readonly Desk desk = new(coordinator);
    private string north = "";

    public async ValueTask InitializeAsync()
    {
        await desk.AdminLogsInAsync();
        north = await desk.FoundAsync("north");
    }

    public ValueTask DisposeAsync()
    {
        desk.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task AnOrganizationsRoot_IsMadePublishedAndPinned_AndMakingItAgainChangesNothing()
    {
        var fingerprint = await desk.RootAsync("north");
        var home = new ClientHome(desk.Folder["north"]);
        var root = home.ReadRoot();

        var again = await desk.RootAsync("north");

        Assert.Equal(fingerprint, again);
        Assert.Equal(root.Hash, home.ReadRoot().Hash);
        Assert.Equal(root.Hash, Assert.Single(home.ReadPins(TimeProvider.System.GetUtcNow()).Roots).Certificate.Hash);
        Assert.Contains(home.ReadCatalogue(TimeProvider.System.GetUtcNow()).Algorithms, a => a.Name == "summary");
        Assert.Equal(Convert.ToBase64String(root.Der.Span),
            (await desk.AskAsync("north", "org", "show", north)).GetProperty("root").GetString());
    }

    [Fact]
    public async Task AColleaguesHome_MakesNoSecondRoot()
    {
        await desk.RootAsync("north");
        await desk.HireAsync("deputy", north, "organization-admin");

        var refused = await desk.RunAsync("deputy", "keys", "init", "--passphrase-file", desk.Folder["passphrase"]);

        Assert.Equal(ExitCodes.Configuration, refused.ExitCode);
        Assert.Contains("has a root already", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task APassphrase_IsNeededAndChecked()
    {
        await File.WriteAllTextAsync(desk.Folder["short"], "short", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(desk.Folder["other"], "not the passphrase", TestContext.Current.CancellationToken);

        var none = await desk.RunAsync("north", "keys", "init");
        var tooShort = await desk.RunAsync("north", "keys", "init", "--passphrase-file", desk.Folder["short"]);
        await desk.RootAsync("north");
        var wrong = await desk.RunAsync("north", "keys", "catalogue", "--passphrase-file", desk.Folder["other"]);

        Assert.Equal(ExitCodes.Usage, none.ExitCode);
        Assert.Contains("--passphrase-file", none.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Usage, tooShort.ExitCode);
        Assert.Equal(ExitCodes.Configuration, wrong.ExitCode);
        Assert.Contains("password", wrong.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task APartner_IsPinnedByItsFingerprintOnly()
    {
        await desk.JoinAsync(north, await desk.FoundAsync("south"));
        await desk.RootAsync("north");
        var theirs = await desk.RootAsync("south");
        var south = $"south {desk.Tag}";

        var swapped = await desk.RunAsync("north", ["keys", "pin", south, "--fingerprint", Wrong, .. desk.Passphrase]);
        var unasked = await desk.RunAsync("north", ["keys", "pin", south, "--yes", .. desk.Passphrase]);
        var declined = await desk.RunAsync("no\n", "north", ["keys", "pin", south, .. desk.Passphrase]);
        var before = Pinned();
        var confirmed = await desk.RunAsync("same\n", "north", ["keys", "pin", south, .. desk.Passphrase]);
        var after = Pinned();
        var removed = await desk.TypeAsync("north", ["keys", "pin", south, "--remove", .. desk.Passphrase]);

        Assert.Equal((ExitCodes.Untrusted, ExitCodes.Usage, ExitCodes.Untrusted),
            (swapped.ExitCode, unasked.ExitCode, declined.ExitCode));
        Assert.Contains("somebody swapped the key", swapped.Error, StringComparison.Ordinal);
        Assert.Contains(theirs, declined.Error, StringComparison.Ordinal);
        Assert.Equal(1, before);
        Assert.Equal(ExitCodes.Ok, confirmed.ExitCode);
        Assert.Equal(2, after);
        Assert.Equal("3", removed);
        Assert.Equal(1, Pinned());

        int Pinned() => new ClientHome(desk.Folder["north"]).ReadPins(TimeProvider.System.GetUtcNow()).Roots.Count;
    }

    [Fact]
    public async Task SeveralPartners_ArePinnedByOneStatement_OrNone()
    {
        var (south, west) = (await desk.FoundAsync("south"), await desk.FoundAsync("west"));
        await desk.JoinAsync(north, south, west);
        await desk.RootAsync("north");
        var (one, two) = (await desk.RootAsync("south"), await desk.RootAsync("west"));

        var swapped = await desk.RunAsync("north",
            ["keys", "pin", "--partner", $"{south}={one}", "--partner", $"{west}={Wrong}", .. desk.Passphrase]);
        var half = await desk.RunAsync("north", ["keys", "pin", "--partner", south, .. desk.Passphrase]);
        var written = await desk.AskAsync("north",
            ["keys", "pin", "--partner", $"{south}={one}", "--partner", $"west {desk.Tag}={two}", .. desk.Passphrase]);

        Assert.Equal((ExitCodes.Untrusted, ExitCodes.Usage), (swapped.ExitCode, half.ExitCode));
        Assert.Equal(2, written.GetProperty("serial").GetInt64());
        Assert.Equal(3, written.GetProperty("pinned").GetArrayLength());
    }

    [Fact]
    public async Task APartnerWithoutARoot_CantBePinned()
    {
        await desk.JoinAsync(north, await desk.FoundAsync("south"));
        await desk.RootAsync("north");

        var refused = await desk.RunAsync("north", ["keys", "pin", $"south {desk.Tag}", .. desk.Passphrase]);

        Assert.Equal(ExitCodes.Conflict, refused.ExitCode);
        Assert.Contains("vantage keys init", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task APerson_AsksIsCertifiedAndInstallsWhatTheAdminGave()
    {
        var root = await desk.RootAsync("north");
        var ada = await desk.HireAsync("ada", north, "researcher");
        var mine = await desk.TypeAsync("ada", "keys", "request", "--out", desk.Folder["ada.pem"]);

        var early = await desk.RunAsync("ada", "keys", "install", desk.Folder["north/pins.jws"], "--fingerprint", root);
        var swapped = await desk.RunAsync("north",
            ["keys", "certify", "--user", ada, "--request", desk.Folder["ada.pem"], "--fingerprint", Wrong,
            .. desk.Passphrase]);
        await desk.TypeAsync("north", ["keys", "certify", "--user", $"ada {desk.Tag}", "--request",
            desk.Folder["ada.pem"], "--fingerprint", mine, .. desk.Passphrase]);
        await desk.TypeAsync("ada", "keys", "install", desk.Folder["north/pins.jws"],
            desk.Folder["north/catalogue.jws"]);

        Assert.Contains("not certified yet", early.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Untrusted, swapped.ExitCode);
        Assert.Equal(mine, await desk.TypeAsync("north", "keys", "fingerprint", desk.Folder["ada.pem"]));
        var home = new ClientHome(desk.Folder["ada"]);
        Assert.True(home.HasUserCertificates);
        Assert.False(home.HasRootKey);
        Assert.Equal("yes", (await desk.AskAsync("north", "user", "show", ada))
            .TryGetProperty("signingCertificate", out _) ? "yes" : "no");
    }

    [Fact]
    public async Task PinsOfAnotherOrganization_AreNotInstalled_AndTheOwnOnesOnlyByFingerprint()
    {
        await desk.FoundAsync("south");
        await desk.RootAsync("north");
        var theirs = await desk.RootAsync("south");
        await desk.HireAsync("ada", north, "researcher");

        var foreign = await desk.RunAsync("ada", "keys", "install", desk.Folder["south/pins.jws"], "--fingerprint",
            theirs);
        var unknown = await desk.RunAsync("ada", "keys", "install", desk.Folder["north/pins.jws"], "--fingerprint",
            theirs);

        Assert.Equal((ExitCodes.Untrusted, ExitCodes.Untrusted), (foreign.ExitCode, unknown.ExitCode));
        Assert.False(new ClientHome(desk.Folder["ada"]).HasRoot);
    }

    [Fact]
    public async Task SomebodyElsesPeople_AreNotCertified()
    {
        var south = await desk.FoundAsync("south");
        await desk.RootAsync("north");
        await desk.RootAsync("south");
        var bob = await desk.HireAsync("bob", south, "researcher");
        var fingerprint = await desk.TypeAsync("bob", "keys", "request", "--out", desk.Folder["bob.pem"]);

        var refused = await desk.RunAsync("north",
            ["keys", "certify", "--user", bob, "--request", desk.Folder["bob.pem"], "--fingerprint", fingerprint,
            .. desk.Passphrase]);

        Assert.Contains(refused.ExitCode, new[] { ExitCodes.NotAllowed, ExitCodes.NotFound });
    }

    [Fact]
    public async Task ANode_IsCertifiedOnceItAsked_ByTheFingerprintItsSetupShowed()
    {
        await desk.RootAsync("north");
        var node = await desk.TypeAsync("north", "node", "invite", $"node {desk.Tag}", "--code-file",
            desk.Folder["code"]);

        var early = await desk.RunAsync("north",
            ["keys", "certify", "--node", node, "--fingerprint", Wrong, .. desk.Passphrase]);
        var (signing, encryption) = (Vantage.Protocol.Cryptography.SigningKey.Create(),
            Vantage.Protocol.Cryptography.EncryptionKey.Create());
        var code = (await File.ReadAllTextAsync(desk.Folder["code"], TestContext.Current.CancellationToken)).Trim();
        await coordinator.Nobody.PostAsync<Vantage.Protocol.Api.EnrolledNode>(Vantage.Protocol.Api.Routes.NodeEnrolment,
            Hospital.Requests(code, signing, encryption));
        var wrong = await desk.RunAsync("north",
            ["keys", "certify", "--node", node, "--fingerprint", Wrong, .. desk.Passphrase]);
        await desk.TypeAsync("north", ["keys", "certify", "--node", node, "--fingerprint",
            Vantage.Protocol.Identities.Fingerprint.Of(signing.KeyId, encryption.KeyId), .. desk.Passphrase]);

        Assert.Equal(ExitCodes.Conflict, early.ExitCode);
        Assert.Contains("vantage node setup", early.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Untrusted, wrong.ExitCode);
        Assert.Equal("certified", (await desk.AskAsync("north", "node", "show", node)).GetProperty("standing")
            .GetString());
    }

    [Fact]
    public async Task AnUpdate_IsVouchedForByANewCatalogue_AndAnOlderOneIsNotTakenBack()
    {
        var root = await desk.RootAsync("north");
        await desk.HireAsync("ada", north, "researcher");
        File.Copy(desk.Folder["north/catalogue.jws"], desk.Folder["old.jws"]);

        var serial = await desk.TypeAsync("north", ["keys", "catalogue", .. desk.Passphrase]);
        await desk.TypeAsync("ada", "keys", "install", desk.Folder["north/catalogue.jws"], "--fingerprint", root);
        var back = await desk.RunAsync("ada", "keys", "install", desk.Folder["old.jws"]);

        Assert.Equal("2", serial);
        Assert.Equal(ExitCodes.Untrusted, back.ExitCode);
    }
}
