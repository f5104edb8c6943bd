using Vantage.Client.Home;
using Vantage.Coordinator.Accounts.SecondFactors;
using Vantage.Protocol.Errors;
using Vantage.Tests.Coordinator.Accounts;

namespace Vantage.Tests.Cli;

/// <summary>Signing in and what is around it, by commands at a real Coordinator.</summary>
public sealed class SignInCommandTests(SignInWorld world) : IClassFixture<SignInWorld>, IDisposable
{
    private readonly Desk desk = new(world);

    public void Dispose() => desk.Dispose();

    [Fact]
    public async Task FromTheInvitationToTheLogout_EveryStepIsACommand()
    {
        var login = await InvitedAsync();

        await SignInAsync(login, "password");
        var me = await desk.AskAsync("ada", "account", "show");
        var session = await desk.TypeAsync("ada", "account", "sessions", "list");
        var organizations = await desk.RunAsync("ada", "org", "list");
        await desk.TypeAsync("ada", "logout");
        var gone = await desk.RunAsync("ada", "org", "list");

        Assert.Equal(login, me.GetProperty("login").GetString());
        Assert.StartsWith("uss_", session, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Ok, organizations.ExitCode);
        Assert.Equal(ExitCodes.Configuration, gone.ExitCode);
        Assert.False(File.Exists(new ClientHome(desk.Folder["ada"]).ProfilePath));
    }

    [Fact]
    public async Task AWrongPassword_LeavesNoProfile_AndSaysNoMoreThanNo()
    {
        var login = await InvitedAsync();
        await WriteAsync("wrong", "a wrong password");

        var refused = await desk.RunAsync("ada", "login", "--url", world.Url, "--user", login, "--password-file", desk.Folder["wrong"]);
        var both = await desk.RunAsync("ada", "login", "--url", world.Url, "--user", login, "--token-file", desk.Folder["wrong"]);

        Assert.Equal(ExitCodes.NotAllowed, refused.ExitCode);
        Assert.Contains("sign-in-refused", refused.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Usage, both.ExitCode);
        Assert.False(Directory.Exists(desk.Folder["ada"]));
    }

    [Fact]
    public async Task AnApp_IsAddedConfirmedAskedForAndRemoved_ByCommands()
    {
        var login = await InvitedAsync();
        await SignInAsync(login, "password");

        var secret = await desk.TypeAsync("ada", "account", "totp", "add");
        Assert.True(Base32.TryDecode(secret, Totp.SecretLength, out var app));
        await desk.TypeAsync("ada", "account", "totp", "confirm", Totp.Code(app, Totp.StepAt(world.Time.GetUtcNow()), 6), "--codes-file", desk.Folder["codes"]);
        var codes = await File.ReadAllLinesAsync(desk.Folder["codes"], TestContext.Current.CancellationToken);
        var without = await desk.RunAsync("ada", "login", "--url", world.Url, "--user", login, "--password-file", desk.Folder["password"]);
        await SignInAsync(login, "password", "--code", codes[0]);
        await desk.TypeAsync("ada", "account", "confirm", "--password-file", desk.Folder["password"], "--code", codes[1]);
        await desk.TypeAsync("ada", "account", "totp", "remove");
        await SignInAsync(login, "password");

        Assert.Equal(ExitCodes.NotAllowed, without.ExitCode);
        Assert.Contains("code-needed", without.Error, StringComparison.Ordinal);
        Assert.Equal(10, codes.Length);
    }

    [Fact]
    public async Task APassword_IsChanged_OrRecoveredByMail()
    {
        var login = await InvitedAsync();
        await SignInAsync(login, "password");
        await WriteAsync("second", "seven violet umbrellas");
        await WriteAsync("third", "nine quiet bicycles");

        await desk.TypeAsync("ada", "account", "password", "--password-file", desk.Folder["password"], "--new-password-file", desk.Folder["second"]);
        await world.Mail.NextAsync(login);
        await desk.TypeAsync("ada", "account", "recover", "--user", login);
        var code = (await world.Mail.NextAsync(login)).Code;
        await desk.TypeAsync("ada", "account", "recover", "--code", code, "--password-file", desk.Folder["third"]);

        await SignInAsync(login, "third");
    }

    [Fact]
    public async Task AnAdmin_DisablesAndEnables()
    {
        var login = await InvitedAsync();
        await SignInAsync(login, "password");
        var user = (await desk.AskAsync("ada", "account", "show")).GetProperty("user").GetString()!;

        await desk.TypeAsync("north", "user", "disable", user);
        var refused = await desk.UntilAsync(run => run.ExitCode != 0, "ada", "org", "list");
        await desk.TypeAsync("north", "user", "enable", user);
        await desk.TypeAsync("north", "user", "reset-second-factor", user);

        Assert.Equal(ExitCodes.NotAllowed, refused.ExitCode);
        await SignInAsync(login, "password");
    }

    /// <summary>Somebody at the hospital "north", whose admin invited them by mail, and who has accepted.</summary>
    private async Task<string> InvitedAsync()
    {
        await desk.AdminLogsInAsync();
        var organization = await desk.FoundAsync("north");
        var login = $"ada{desk.Tag}@example.org";
        var user = await desk.TypeAsync("north", "user", "create", $"Ada {desk.Tag}", "--email", login, "--organization", organization,
            "--role", "researcher", "--token-file", desk.Folder["unused"]);
        await desk.TypeAsync("north", "user", "invite", user, "--mail");
        await WriteAsync("password", SignInWorld.Password);
        await desk.TypeAsync("stranger", "account", "accept", "--url", world.Url, "--code", (await world.Mail.NextAsync(login)).Code,
            "--password-file", desk.Folder["password"]);
        return login;
    }

    private Task<string> SignInAsync(string login, string password, params string[] more) =>
        desk.TypeAsync("ada", ["login", "--url", world.Url, "--user", login, "--password-file", desk.Folder[password], .. more]);

    private Task WriteAsync(string name, string text) =>
        File.WriteAllTextAsync(desk.Folder[name], text + "\n", TestContext.Current.CancellationToken);
}
