using System.CommandLine;

namespace Vantage.Cli.CommandLine;

/// <summary>What every command understands.</summary>
internal static class GlobalOptions
{
    public static readonly Option<string?> Home = new("--home")
    {
        Description = "The client's folder: profile, keys, pins. Default: $VANTAGE_HOME, else ~/.vantage.",
        HelpName = "DIR",
        Recursive = true,
    };

    public static readonly Option<string?> Profile = new("--profile")
    {
        Description = "One of the home's profiles. Default: $VANTAGE_PROFILE, else the one in use.",
        HelpName = "NAME",
        Recursive = true,
    };

    public static readonly Option<bool> Json = new("--json")
    {
        Description = "One line of JSON on standard output; errors as a problem on standard error.",
        Recursive = true,
    };

    public static readonly Option<bool> Quiet = new("--quiet", "-q")
    {
        Description = "Print ids only, and no progress.",
        Recursive = true,
    };

    public static readonly Option<bool> Yes = new("--yes", "-y")
    {
        Description = "Ask nothing. Fingerprints still have to be given.",
        Recursive = true,
    };
}
