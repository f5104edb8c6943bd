using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Client;
using Vantage.Client.Connection;

namespace Vantage.Cli.Accounts;

/// <summary>Commands for people who are not signed in: they name the Coordinator, or take the profile's, and never its token.</summary>
internal static class Strangers
{
    public static Option<string?> Url { get; } = new("--url") { Description = "The Coordinator; by default the profile's." };

    public static Option<string?> Ca { get; } = new("--ca")
    {
        Description = "PEM file with further TLS authorities to trust.",
        HelpName = "FILE",
    };

    public static VantageClient Client(Invocation call)
    {
        var profile = call.Home.HasProfile ? call.Home.ReadProfile() : null;
        var url = call.Value(Url) is { } text ? CoordinatorUrl.Parse(text)
            : profile?.Url ?? throw UsageException.Because("Which Coordinator is not said.", "Add --url URL.");
        return new VantageClient(new VantageClientOptions
        {
            Url = url,
            CaFile = call.Value(Ca) is { } path ? Path.GetFullPath(path) : profile?.CaFile,
            Proxy = profile?.Proxy,
            Time = call.Console.Time,
        });
    }
}
