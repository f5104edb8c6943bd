using Microsoft.AspNetCore.WebUtilities;
using Vantage.Cli.CommandLine;
using Vantage.Protocol.Errors;
using Vantage.Tests.Coordinator.Accounts.SingleSignOn;

namespace Vantage.Tests.Cli;

/// <summary><c>vantage login --sso</c> with a real identity provider, and by which command admins say who may.</summary>
public sealed class SingleSignOnCommandTests(SignOnWorld world) : IClassFixture<SignOnWorld>, IDisposable
{
    private readonly Desk desk = new(world.Coordinator);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => desk.Dispose();

    [Fact]
    public async Task TheBrowserSignsIn_AndTheCommandLineGoesOn()
    {
        var name = $"Ada {desk.Tag}";

        var login = await SignOnAsync("campus", new { sub = $"a{desk.Tag}", name, groups = new[] { "analysts" } });
        var me = await desk.AskAsync("ada", "user", "show");
        await desk.TypeAsync("ada", "logout");

        Assert.Equal(ExitCodes.Ok, login.ExitCode);
        Assert.Equal((name, "researcher"), (me.GetProperty("name").GetString(), me.GetProperty("roles")[0].GetString()));
        Assert.Equal(ExitCodes.Configuration, (await desk.RunAsync("ada", "org", "list")).ExitCode);
    }

    [Fact]
    public async Task OfSeveralProviders_OneIsNamed()
    {
        var refused = await desk.RunAsync("ada", "login", "--url", world.Coordinator.Listening, "--sso");

        Assert.Equal(ExitCodes.Usage, refused.ExitCode);
        Assert.Contains("campus", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhoIsLinked_GetsIn_AndWhoIsUnlinked_DoesNot()
    {
        await desk.AdminLogsInAsync();
        var subject = $"s{desk.Tag}";
        var account = await desk.TypeAsync("admin", "user", "create", $"Linked {desk.Tag}", "--organization", world.North.ToString(), "--role", "researcher",
            "--token-file", desk.Folder["unused"]);
        string[] whom = [account, "--provider", "closed", "--subject", subject];
        world.Mock.UserInfo = $$"""{"sub":"{{subject}}","name":"Somebody","groups":["analysts"]}""";
        world.Mock.Script["authorize"] = context =>
        {
            var asked = context.Request.Query;
            context.Response.Redirect(QueryHelpers.AddQueryString(asked["redirect_uri"]!, new Dictionary<string, string?>
            {
                ["code"] = "a-code-of-the-provider", ["state"] = asked["state"], ["iss"] = world.Mock.Issuer("closed"),
            }));
            return Task.CompletedTask;
        };

        var stranger = await SignOnAsync("closed");
        await desk.TypeAsync("admin", ["user", "link", .. whom]);
        var links = await desk.AskAsync("admin", "user", "links", account);
        var linked = await SignOnAsync("closed");
        var me = await desk.AskAsync("ada", "user", "show");
        await desk.TypeAsync("admin", ["user", "unlink", .. whom]);
        var again = await SignOnAsync("closed");

        Assert.Equal((ExitCodes.NotAllowed, ExitCodes.Ok, ExitCodes.NotAllowed), (stranger.ExitCode, linked.ExitCode, again.ExitCode));
        Assert.Equal(subject, Assert.Single(links.GetProperty("items").EnumerateArray()).GetProperty("subject").GetString());
        Assert.Equal(account, me.GetProperty("id").GetString());
        Assert.Empty((await desk.AskAsync("admin", "user", "links", account)).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task AProgram_IsDeclaredByACommand_AndWorksByItsProvidersToken()
    {
        await desk.AdminLogsInAsync();

        var robot = await desk.TypeAsync("admin", "user", "service", $"Robot {desk.Tag}", "--organization", world.North.ToString(), "--client", "robot",
            "--role", "researcher");
        await File.WriteAllTextAsync(desk.Folder["robot.token"],
            await world.Campus.TokenAsync(world.Http, "robot", "a-robots-own-secret", IdentityProvider.Audience, "vantage"), Stop);
        await desk.TypeAsync("robot", "login", "--url", world.Coordinator.Listening, "--token-file", desk.Folder["robot.token"]);
        var taken = await desk.RunAsync("admin", "user", "service", "Another", "--organization", world.North.ToString(), "--client", "robot",
            "--role", "researcher");

        Assert.Equal(robot, (await desk.AskAsync("robot", "user", "show")).GetProperty("id").GetString());
        Assert.Equal(ExitCodes.Conflict, taken.ExitCode);
    }

    /// <summary>In the home "ada", by a browser that goes where it is led.</summary>
    private async Task<CliRun> SignOnAsync(string provider, object? person = null)
    {
        using var error = new Shown();
        using var output = new StringWriter { NewLine = "\n" };
        var console = new CliConsole(TextReader.Null, output, error) { InIsTerminal = false, Time = TimeProvider.System };
        var command = VantageCommand.RunAsync(
            ["login", "--url", world.Coordinator.Listening, "--sso", provider, "--no-browser", "--home", desk.Folder["ada"]], console, Stop);
        var address = await error.Address.Task.WaitAsync(TimeSpan.FromMinutes(1), Stop);
        using var http = new HttpClient();
        await http.GetStringAsync(await new Browser(world) { Person = person }.FollowAsync(address), Stop);
        return new CliRun(await command, output.ToString(), error.ToString());
    }

    /// <summary>Sees the address that the command prints for a person's browser.</summary>
    private sealed class Shown() : StringWriter(System.Globalization.CultureInfo.InvariantCulture)
    {
        public TaskCompletionSource<Uri> Address { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override Task WriteLineAsync(string? value)
        {
            if (value?.Split('\n') is [.., var last] && Uri.TryCreate(last, UriKind.Absolute, out var address))
            {
                Address.TrySetResult(address);
            }

            return base.WriteLineAsync(value);
        }
    }
}
