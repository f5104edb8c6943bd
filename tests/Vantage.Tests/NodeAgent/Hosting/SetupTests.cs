using System.Text.Json;
using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Trust;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Identities;
using Vantage.Tests.NodeAgent.Doubles;

namespace Vantage.Tests.NodeAgent.Hosting;

public sealed class SetupTests : IDisposable
{
    private readonly Alliance alliance = new();
    private readonly NodeHome home = NodeHome.At(Path.Combine(Directory.CreateTempSubdirectory("vantage-setup-").FullName, "node"));

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(home.Root)!, recursive: true);

    [Fact]
    public async Task Setup_MakesKeysEnrolsAndSaysWhatIsNext()
    {
        await using var coordinator = await FakeCoordinator.StartAsync(alliance);
        coordinator.State.IsCertified = false;

        var (code, text, _) = await SetupAsync(coordinator.Url, "right-code");

        Assert.Equal(ExitCodes.Ok, code);
        var keys = NodeKeys.Load(home);
        Assert.Contains(Fingerprint.Of(keys.Signing.KeyId, keys.Encryption.KeyId), text);
        Assert.Contains($"vantage keys certify --node {alliance.Hospital.Node}", text);
        Assert.Contains("root.pem", text);
        Assert.Contains("pins.jws", text);
        Assert.Equal(Modes.OwnersFile, Modes.Of(home.SigningKey));
        Assert.Equal(Modes.OwnersFile, Modes.Of(home.Identity));
        Assert.Equal(coordinator.Url, NodeSettings.Load(home).Coordinator);
    }

    [Fact]
    public async Task SetupAgain_ChangesNothingThatIsThere()
    {
        await using var coordinator = await FakeCoordinator.StartAsync(alliance);
        coordinator.State.IsCertified = false;
        await SetupAsync(coordinator.Url, "right-code");
        File.AppendAllText(home.Policy, "# mine\n");
        var before = Directory.EnumerateFiles(home.Root, "*", SearchOption.AllDirectories).ToDictionary(f => f, File.ReadAllText);

        var (code, _, _) = await SetupAsync(coordinator.Url, "right-code");

        Assert.Equal(ExitCodes.Ok, code);
        Assert.Equal(before, Directory.EnumerateFiles(home.Root, "*", SearchOption.AllDirectories).ToDictionary(f => f, File.ReadAllText));
    }

    [Fact]
    public async Task InterruptedSetup_GoesOnWithTheSameKeys()
    {
        var (unreachable, _, error) = await SetupAsync(new Uri("http://127.0.0.1:9/"), "right-code");
        var key = File.ReadAllText(home.SigningKey);
        await using var coordinator = await FakeCoordinator.StartAsync(alliance);
        coordinator.State.IsCertified = false;
        File.WriteAllText(home.Settings, $"coordinator: {coordinator.Url}\n");

        var (code, _, _) = await SetupAsync(coordinator.Url, "right-code");

        Assert.Equal((ExitCodes.Unreachable, ExitCodes.Ok), (unreachable, code));
        Assert.Contains("run setup again", error);
        Assert.Equal(key, File.ReadAllText(home.SigningKey));
    }

    [Theory]
    [InlineData("wrong-code", "does not know this enrolment code")]
    [InlineData("old-code", "has expired")]
    public async Task CodeThatDoesNotOpen_SaysWhomToAsk(string code, string says)
    {
        await using var coordinator = await FakeCoordinator.StartAsync(alliance);

        var (exit, _, error) = await SetupAsync(coordinator.Url, code);

        Assert.Equal(ExitCodes.NotAllowed, exit);
        Assert.Contains(says, error);
        Assert.Contains("vantage node invite", error);
    }

    [Fact]
    public async Task OtherRootThanTheCoordinatorShows_StopsTheSetup()
    {
        await using var coordinator = await FakeCoordinator.StartAsync(alliance);
        var forged = Path.Combine(Path.GetDirectoryName(home.Root)!, "forged.pem");
        File.WriteAllText(forged, new Alliance().Hospital.Root.ToPem());

        var (exit, _, error) = await SetupAsync(coordinator.Url, "right-code", "--root", forged);

        Assert.Equal(ExitCodes.Untrusted, exit);
        Assert.Contains("Get the root of your own organization", error);
    }

    [Fact]
    public async Task AnotherNodesDirectory_IsLeftAlone()
    {
        await using var coordinator = await FakeCoordinator.StartAsync(alliance);
        coordinator.State.IsCertified = false;
        await SetupAsync(coordinator.Url, "right-code");

        var (exit, _, error) = await SetupAsync(coordinator.Url, "another-code");

        Assert.Equal(ExitCodes.Conflict, exit);
        Assert.Contains("Choose another --dir", error);
    }

    [Fact]
    public async Task PlainHttpElsewhere_IsRefusedBeforeAnythingIsMade()
    {
        var (exit, _, error) = await SetupAsync(new Uri("http://vantage.example.org/"), "right-code");

        Assert.Equal(ExitCodes.Configuration, exit);
        Assert.Contains("Use https://", error);
        Assert.False(Directory.Exists(home.Root));
    }

    [Fact]
    public async Task PathTooLongForTheControlSocket_IsRefusedBeforeAnythingIsMade()
    {
        var (exit, _, error) = await Verbs.RunAsync("setup", "--url", "http://127.0.0.1:9/", "--code", "x", "--dir", Path.Combine(home.Root, new string('x', 100)));

        Assert.Equal(ExitCodes.Configuration, exit);
        Assert.Contains("Choose a shorter --dir", error);
    }

    [Fact]
    public async Task Json_IsOneLineWithTheFingerprints()
    {
        await using var coordinator = await FakeCoordinator.StartAsync(alliance);
        coordinator.State.IsCertified = false;

        var (_, text, _) = await SetupAsync(coordinator.Url, "right-code", "--json");

        var json = JsonDocument.Parse(Assert.Single(text.TrimEnd().Split('\n'))).RootElement;
        Assert.Equal(alliance.Hospital.Node.ToString(), json.GetProperty("node").GetString());
        Assert.Equal(79, json.GetProperty("fingerprint").GetString()!.Length);
        Assert.False(json.GetProperty("certified").GetBoolean());
    }

    private Task<(int Code, string Out, string Error)> SetupAsync(Uri url, string code, params string[] more) =>
        Verbs.RunAsync(["setup", "--url", url.AbsoluteUri, "--code", code, "--dir", home.Root, .. more]);
}
