using System.CommandLine;
using Vantage.Cli.Accounts;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Printing;
using Vantage.Client;
using Vantage.Client.Connection;
using Vantage.Client.Errors;
using Vantage.Client.Home;
using Vantage.Protocol.Api;
using Vantage.Protocol.Json;

namespace Vantage.Cli.Login;

/// <summary>
/// <c>vantage login</c>: with a token or by signing in, asks the Coordinator who that is, and remembers both.
/// </summary>
internal static class LoginCommand
{
    public const string SessionPrefix = "vus_";
    private const int LongestToken = 4096;

    public static void Fill(Command command, CliConsole console)
    {
        var url = new Option<string>("--url") { Description = "Such as https://vantage.example.org.", Required = true };
        var file = new Option<string?>("--token-file")
        {
            Description = "File with the token; '-' reads standard input.", HelpName = "FILE",
        };
        var ca = new Option<string?>("--ca")
        {
            Description = "PEM file with further TLS authorities to trust.",
            HelpName = "FILE",
        };
        var proxy = new Option<string?>("--proxy")
        {
            Description = "http://user:password@host:port; default: HTTPS_PROXY.",
        };
        var wait = new Option<int>("--wait")
        {
            Description = "Keep trying for so many seconds while the Coordinator is not ready.", HelpName = "SECONDS",
        };
        command.With(url, file, PasswordLogin.User, PasswordLogin.PasswordFile, PasswordPrompt.Code, SingleSignOnLogin.Sso,
            SingleSignOnLogin.NoBrowser, ca, proxy, wait).Does(console, async (call, cancellationToken) =>
        {
            var deadline = call.Console.Time.GetUtcNow() + TimeSpan.FromSeconds(call.Value(wait));
            var options = new VantageClientOptions
            {
                Url = CoordinatorUrl.Parse(call.Required(url)),
                CaFile = call.Value(ca) is { } path ? Path.GetFullPath(path) : null,
                Proxy = call.Value(proxy) is { } text ? ProxyOf(text) : null,
            };
            options = options with
            {
                Token = (call.Value(file), call.Value(PasswordLogin.User), call.Has(SingleSignOnLogin.Sso)) switch
                {
                    ({ } from, null, false) => await TokenAsync(call, from, deadline, cancellationToken),
                    (null, { } user, false) => await PasswordLogin.SignInAsync(call, user, options, cancellationToken),
                    (null, null, true) => await SingleSignOnLogin.SignInAsync(call, options, cancellationToken),
                    _ => throw UsageException.Because("Who you are is not said, or twice.", "Add one of --user NAME, --sso and --token-file FILE."),
                },
            };
            var me = await MeAsync(options, deadline, call.Console.Time, cancellationToken);
            Remember(call.Home, options, me);
            call.Output.Result(me, ProtocolJson.Default.Me, me.User.ToString(), text =>
                Write(text, me, options.Url, call.Home));
        });
    }

    /// <summary>A new token of the same person at the same Coordinator leaves what else they had set as it is.</summary>
    private static void Remember(ClientHome home, VantageClientOptions options, Me me)
    {
        var profile = new Profile
        {
            Url = options.Url, Token = options.Token!, User = me.User, Name = me.Name,
            Organization = me.Organization,
            CaFile = options.CaFile, Proxy = options.Proxy,
        };
        home.WriteProfile(Before(home) is { } old && old.Url == profile.Url && old.User == profile.User
            ? profile with { Collaboration = old.Collaboration, Data = old.Data, Disclosure = old.Disclosure }
            : profile);
    }

    /// <summary>Null if there is none, or none that can be read: logging in is what repairs it.</summary>
    private static Profile? Before(ClientHome home)
    {
        try
        {
            return home.HasProfile ? home.ReadProfile() : null;
        }
        catch (VantageException)
        {
            return null;
        }
    }

    private static void Write(TextWriter text, Me me, Uri url, ClientHome home) =>
        text.WriteLine(
            $"Logged in at {url} as {Listing.OneLine(me.Name)} ({me.User}); remembered in {home.ProfilePath}.");

    private static Uri ProxyOf(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var proxy) && proxy.Scheme is "http" or "https" or "socks5"
            ? proxy!
            : throw UsageException.Because("--proxy is not a url.", "Write it as http://user:password@host:port.");

    /// <summary>A Coordinator at its first start writes the file while we wait for it.</summary>
    private static async Task<string> TokenAsync(Invocation call, string file, DateTimeOffset deadline,
        CancellationToken cancellationToken)
    {
        while (file != "-" && !File.Exists(file) && call.Console.Time.GetUtcNow() < deadline)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), call.Console.Time, cancellationToken);
        }

        var token = (file == "-" ? await call.Console.In.ReadToEndAsync(cancellationToken)
            : File.Exists(file) ? await File.ReadAllTextAsync(file, cancellationToken)
            : throw UsageException.Because($"There is no file {file}.",
                "Give the file in which the token is: an admin wrote it with --token-file; a new Coordinator says "
                + "where its own is.")).Trim();
        return token.Length is > 0 and <= LongestToken && !token.Any(c => char.IsWhiteSpace(c) || !char.IsAscii(c))
            ? token
            : throw UsageException.Because($"{file} does not hold a token: expected one line beginning with 'vtg_'.");
    }

    private static async Task<Me> MeAsync(VantageClientOptions options, DateTimeOffset deadline, TimeProvider time,
        CancellationToken cancellationToken)
    {
        using var client = new VantageClient(options);
        while (true)
        {
            try
            {
                return await client.MeAsync(cancellationToken);
            }
            catch (VantageException e) when (e.Code
                is ClientErrorCodes.Unreachable or Protocol.Errors.ErrorCodes.Unavailable
                && time.GetUtcNow() < deadline)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(250), time, cancellationToken);
            }
        }
    }
}
