using System.Text.Json;
using Vantage.Client.Home;
using Vantage.Protocol.Errors;
using Vantage.Tests.Coordinator.Hosting;

namespace Vantage.Tests.Cli;

/// <summary>Somebody who works at a desk and at a laptop, each with a home and keys of its own.</summary>
public sealed class DeviceCommandTests(RunningCoordinator coordinator) : IClassFixture<RunningCoordinator>, IAsyncLifetime
{
    private readonly Desk desk = new(coordinator);
    private string north = "";
    private string root = "";

    public async ValueTask InitializeAsync()
    {
        await desk.AdminLogsInAsync();
        north = await desk.FoundAsync("north");
        root = await desk.RootAsync("north");
    }

    public ValueTask DisposeAsync()
    {
        desk.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task OneOfTwoDevices_IsRevokedAndTakenOff_AndTheOtherGoesOn()
    {
        var ada = await desk.HireAsync("ada", north, "researcher");
        await CertifyAsync("ada", ada, "desk");
        var stolen = await CertifyAsync("laptop", ada, "laptop");

        Assert.Equal(["desk counts", "laptop counts"], await DevicesAsync("ada"));
        await desk.TypeAsync("north", ["keys", "revoke", stolen, "--reason", "Stolen from a train", .. desk.Passphrase]);
        Assert.Equal(["desk counts", "laptop revoked"], await DevicesAsync("ada"));
        await desk.TypeAsync("north", "keys", "device", "remove", "laptop", "--user", ada);
        var gone = await desk.RunAsync("laptop", "keys", "install");

        Assert.Equal(["desk counts"], await DevicesAsync("ada"));
        Assert.Contains("though others of yours are", gone.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.NotFound, (await desk.RunAsync("ada", "keys", "device", "remove", "laptop")).ExitCode);
        Assert.True(new ClientHome(desk.Folder["ada"]).HasUserCertificates);
    }

    [Fact]
    public async Task ADeviceThatChangesItsKeys_StaysOneDevice_UnderItsName()
    {
        var ada = await desk.HireAsync("ada", north, "researcher");
        var before = await CertifyAsync("ada", ada, "desk");
        await CertifyAsync("laptop", ada, "laptop");

        var after = await desk.TypeAsync("ada", "keys", "rotate", "--out", desk.Folder["next.pem"]);
        await desk.TypeAsync("north", ["keys", "certify", "--user", ada, "--request", desk.Folder["next.pem"], "--fingerprint", after, .. desk.Passphrase]);
        await desk.TypeAsync("ada", "keys", "install");

        var shown = (await desk.AskAsync("ada", "keys", "device", "list")).GetProperty("devices").EnumerateArray().ToList();
        Assert.Equal(["laptop", "desk"], shown.Select(device => device.GetProperty("name").GetString()!));
        Assert.Equal((after, true), (shown[1].GetProperty("fingerprint").GetString(), shown[1].GetProperty("isThis").GetBoolean()));
        Assert.NotEqual(before, after);
    }

    /// <summary>In a home of its own, with the same token; the fingerprint of its keys.</summary>
    private async Task<string> CertifyAsync(string home, string user, string device)
    {
        var request = desk.Folder[$"{device}.pem"];
        await desk.TypeAsync(home, "login", "--url", coordinator.Url, "--token-file", desk.Folder["ada.token"]);
        var fingerprint = await desk.TypeAsync(home, "keys", "request", "--out", request, "--device", device);
        await desk.TypeAsync("north", ["keys", "certify", "--user", user, "--request", request, "--fingerprint", fingerprint, .. desk.Passphrase]);
        await desk.TypeAsync(home, "keys", "install", desk.Folder["north/pins.jws"], "--fingerprint", root);
        return fingerprint;
    }

    private async Task<IEnumerable<string>> DevicesAsync(string home) =>
        (await desk.AskAsync(home, "keys", "device", "list")).GetProperty("devices").EnumerateArray()
            .Select(Told);

    private static string Told(JsonElement device) => $"{device.GetProperty("name").GetString()} {device.GetProperty("state").GetString()}";
}
