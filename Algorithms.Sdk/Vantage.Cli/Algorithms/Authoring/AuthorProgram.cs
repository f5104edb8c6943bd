using System.Diagnostics;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Printing;
using Vantage.Client.Errors;

namespace Vantage.Cli.Algorithms.Authoring;

/// <summary>The program that a folder of source is, or becomes.</summary>
/// <param name="Interpreter">What runs it; null where it runs by itself.</param>
internal sealed record AuthorProgram(string File, string? Interpreter)
{
    public static async Task<AuthorProgram> FindAsync(string folder, Output output, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
        {
            throw Missing($"There is no folder {Path.GetFullPath(folder)}.", "Make one: vantage algorithm new --language python NAME");
        }

        foreach (var language in Language.All)
        {
            if (Directory.EnumerateFiles(folder, language.Mark).Order(StringComparer.Ordinal).FirstOrDefault() is { } file)
            {
                return language.Interpreter is { } interpreter
                    ? new AuthorProgram(Path.GetFullPath(file), OnPath(interpreter, folder))
                    : await BuildAsync(Path.GetFullPath(file), output, cancellationToken);
            }
        }

        throw Missing($"{Path.GetFullPath(folder)} holds no algorithm: none of {string.Join(", ", Language.All.Select(l => l.Mark))}.",
            "Give the folder that 'vantage algorithm new' made.");
    }

    /// <summary>The author's own: a virtual environment in the folder, else what the shell would take.</summary>
    private static string OnPath(string interpreter, string folder)
    {
        var places = new[] { Path.Combine(Path.GetFullPath(folder), ".venv", "bin") }
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries));
        return places.Select(place => Path.Combine(place, interpreter)).FirstOrDefault(System.IO.File.Exists)
            ?? throw Missing($"{interpreter} is not on the PATH.", "Install it.");
    }

    private static async Task<AuthorProgram> BuildAsync(string project, Output output, CancellationToken cancellationToken)
    {
        output.Say($"building {project}");
        using var build = Process.Start(new ProcessStartInfo("dotnet",
            ["build", project, "-c", "Release", "--nologo", "-v", "quiet", "-t:Build", "-getProperty:TargetPath"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        }) ?? throw Missing("dotnet can't be started.", "Install the .NET SDK.");
        var said = (await build.StandardOutput.ReadToEndAsync(cancellationToken)).Trim();
        await build.WaitForExitAsync(cancellationToken);
        var program = Path.ChangeExtension(said.Split('\n')[^1].Trim(), OperatingSystem.IsWindows() ? ".exe" : null);
        return build.ExitCode == 0 && System.IO.File.Exists(program)
            ? new AuthorProgram(program, null)
            : throw Missing($"{project} does not build:\n{said}", "dotnet build says more.");
    }

    private static VantageException Missing(string what, string next) => new(ExitCodeOf.ProgramMissing, what, next);
}
