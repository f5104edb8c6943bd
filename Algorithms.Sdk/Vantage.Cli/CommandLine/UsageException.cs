using Vantage.Client.Errors;

namespace Vantage.Cli.CommandLine;

/// <summary>A command line that parses but makes no sense.</summary>
internal static class UsageException
{
    public const string Code = "usage";

    public static VantageException Because(string what, string? next = null) => new(Code, what, next);
}
