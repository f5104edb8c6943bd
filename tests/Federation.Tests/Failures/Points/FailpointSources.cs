using System.Text.RegularExpressions;
using Federation.Tests.Processes;

namespace Federation.Tests.Failures.Points;

/// <summary>Where the programs pass their failpoints, as their sources say.</summary>
internal static partial class FailpointSources
{
    /// <summary>Name → file, relative to the repository; a name that occurs twice is there twice.</summary>
    public static ILookup<string, string> Of(string program) =>
        Directory.EnumerateFiles(Path.Combine(Programs.Repository, program), "*.cs", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .SelectMany(file => Call().Matches(File.ReadAllText(file)).Select(call => (Name: call.Groups[1].Value, File: file)))
            .ToLookup(call => call.Name, call => Path.GetRelativePath(Programs.Repository, call.File).Replace('\\', '/'));

    [GeneratedRegex("""Failpoint\.(?:Pass|Write)\("([^"]+)"[,)]""")]
    private static partial Regex Call();
}
