using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using Vantage.Cli.CommandLine;
using Vantage.Client.Connection;
using Vantage.Client.SingleSignOn;

namespace Vantage.Cli.Login;

/// <summary><c>vantage login --sso</c>: the person's own browser signs them in, and leads back to this machine.</summary>
internal static class SingleSignOnLogin
{
    public static readonly Option<string?> Sso = new("--sso")
    {
        Description = "Sign in with your institution's account, in a browser. The provider may be left out where there is one.",
        HelpName = "PROVIDER",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public static readonly Option<bool> NoBrowser = new("--no-browser")
    {
        Description = "With --sso: print the address instead of opening it.",
    };

    /// <summary>The session's secret.</summary>
    public static async Task<string> SignInAsync(Invocation call, VantageClientOptions options, CancellationToken cancellationToken)
    {
        var provider = call.Value(Sso) ?? await OnlyOneAsync(options, cancellationToken);
        using var signOn = LoopbackSignOn.Start(options, provider);
        // Even for --json and --quiet: without the address nobody gets on.
        await call.Console.Error.WriteLineAsync(call.Value(NoBrowser) || !Open(signOn.Address)
            ? $"Open this address in a browser on this machine:\n{signOn.Address}"
            : $"Go on in the browser. If none opened, use this address:\n{signOn.Address}");
        return (await signOn.FinishAsync(cancellationToken)).Secret;
    }

    private static async Task<string> OnlyOneAsync(VantageClientOptions options, CancellationToken cancellationToken)
    {
        var names = (await LoopbackSignOn.ProvidersAsync(options, cancellationToken)).Select(provider => provider.Name).ToList();
        return names switch
        {
            [var only] => only,
            [] => throw UsageException.Because("This Coordinator knows no identity provider.",
                "Log in with --token-file, or ask its admin."),
            _ => throw UsageException.Because("This Coordinator knows several identity providers.",
                $"Add one to --sso: {string.Join(", ", names)}."),
        };
    }

    private static bool Open(Uri address)
    {
        var start = OperatingSystem.IsWindows()
            ? new ProcessStartInfo(address.AbsoluteUri) { UseShellExecute = true }
            : new ProcessStartInfo(OperatingSystem.IsMacOS() ? "open" : "xdg-open", [address.AbsoluteUri])
            {
                UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
            };
        try
        {
            using var browser = Process.Start(start);
            return true;
        }
        catch (Exception e) when (e is Win32Exception or FileNotFoundException)
        {
            return false;
        }
    }
}
