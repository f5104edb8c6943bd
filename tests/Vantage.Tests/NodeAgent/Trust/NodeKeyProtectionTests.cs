using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Hosting.Commands;
using Vantage.NodeAgent.Trust;
using Vantage.NodeAgent.Trust.Rotation;

namespace Vantage.Tests.NodeAgent.Trust;

/// <summary>A copy of the node's directory opens nothing.</summary>
public sealed class NodeKeyProtectionTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("vantage-protect-").FullName;

    private NodeHome Home => NodeHome.At(Path.Combine(folder, "node"));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task ProtectedKeys_AreTheSame_AndOpenWithTheSecretOnly_AlsoThoseMadeLater()
    {
        var before = NodeKeys.LoadOrCreate(Home);
        var secret = Path.Combine(folder, "secret");

        await ProtectAsync(secret);
        var next = KeySwitch.LoadOrCreateNext(Home);

        Assert.All(Directory.EnumerateFiles(Home.Keys, "*.pem", SearchOption.AllDirectories),
            file => Assert.StartsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----", File.ReadAllText(file), StringComparison.Ordinal));
        Assert.Equal(before.Signing.KeyId, NodeKeys.Load(Home).Signing.KeyId);
        Assert.Equal(next.Encryption.KeyId, KeySwitch.FindNext(Home)!.Encryption.KeyId);
        File.Move(secret, secret + ".away");
        Assert.Contains("secret", Assert.Throws<CommandFailure>(() => NodeKeys.Load(Home)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASecretBesideTheKeys_IsRefused()
    {
        NodeKeys.LoadOrCreate(Home);

        await Assert.ThrowsAsync<CommandFailure>(() => ProtectAsync(Path.Combine(Home.Root, "secret")));
    }

    private async Task ProtectAsync(string secret) => await ProtectVerb.Verb.RunAsync(
        new VerbCall(new Dictionary<string, string> { ["--dir"] = Home.Root, ["--secret-file"] = secret }, [], TextWriter.Null, TextWriter.Null),
        TestContext.Current.CancellationToken);
}
