using System.Diagnostics;
using Vantage.Client.Errors;

namespace Vantage.Cli.Sandboxes.Images;

/// <summary>The system's libraries that programs are linked with, where the loader of this machine finds them.</summary>
internal static class LinkedLibraries
{
    /// <summary>.NET opens it by name when something is hashed, so that no program lists it.</summary>
    private static readonly string[] OpenedByName = ["libssl.so.3", "libcrypto.so.3"];

    /// <summary>Whole paths; the loader itself is among them.</summary>
    public static async Task<IReadOnlyList<string>> OfAsync(IReadOnlyCollection<string> programs, CancellationToken cancellationToken)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in await LddAsync(programs, cancellationToken))
        {
            // "libm.so.6 => /lib/x86_64-linux-gnu/libm.so.6 (0x…)", and the loader "/lib64/ld-linux-x86-64.so.2 (0x…)".
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            var path = words is [_, "=>", var target, ..] ? target : words is [var alone, ['(', ..]] ? alone : null;
            if (path is ['/', ..] && File.Exists(path) && !programs.Contains(path))
            {
                found.Add(path);
            }
        }

        var folders = found.Select(path => Path.GetDirectoryName(path)!).Distinct().ToList();
        found.UnionWith(folders.SelectMany(folder => OpenedByName.Select(name => Path.Combine(folder, name))).Where(File.Exists));
        return [.. found.Order(StringComparer.Ordinal)];
    }

    private static async Task<string[]> LddAsync(IEnumerable<string> programs, CancellationToken cancellationToken)
    {
        try
        {
            using var ldd = Process.Start(new ProcessStartInfo("ldd", programs)
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var errors = ldd.StandardError.ReadToEndAsync(cancellationToken);
            var said = await ldd.StandardOutput.ReadToEndAsync(cancellationToken);
            await ldd.WaitForExitAsync(cancellationToken);
            await errors;
            // A library that is missing is of a part that .NET does without: it says so by its exit code, too.
            return said.Split('\n');
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new VantageException(ClientErrorCodes.HomeInvalid, $"'ldd' can't be started: {e.Message}",
                "A sandbox's images are made of this machine's own libraries, which ldd finds; it comes with the C library (Debian: libc-bin).", e);
        }
    }
}
