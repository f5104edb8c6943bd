namespace Vantage.Cli.Algorithms.Authoring;

/// <summary>A language that has a kit.</summary>
/// <param name="Name">As the command line calls it.</param>
/// <param name="Mark">The file by which a folder of it is known; with a star for any name.</param>
/// <param name="Interpreter">What runs the file; null where it is built first.</param>
internal sealed record Language(string Name, string Mark, string? Interpreter)
{
    public static readonly Language DotNet = new("dotnet", "*.csproj", null);

    public static IReadOnlyList<Language> All { get; } =
        [DotNet, new("python", "algorithm.py", "python3"), new("r", "algorithm.R", "Rscript")];
}
