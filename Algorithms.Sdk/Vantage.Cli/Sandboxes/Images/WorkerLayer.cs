using System.Formats.Tar;
using System.Runtime.InteropServices;
using Vantage.Client.Errors;

namespace Vantage.Cli.Sandboxes.Images;

/// <summary>
/// All that the installed worker needs to run, as one layer of an image: the worker itself, the .NET that it runs on, and the
/// system's libraries that these are linked with. Nothing is pulled, and no other program is in it, not even a shell.
/// </summary>
internal static class WorkerLayer
{
    public const string Worker = "/worker/";
    public const string DotNet = "/dotnet";

    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>Writes it, the same bytes for the same files.</summary>
    /// <param name="worker">The worker's executable.</param>
    /// <param name="to">Takes the tar.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task WriteAsync(string worker, Stream to, CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new VantageException(ClientErrorCodes.HomeInvalid, "A sandbox in containers is made of this machine's own worker, which has to be Linux's.",
                "On Windows use WSL, or leave out --runtime docker.");
        }

        var files = Files(worker);
        var native = files.Select(file => file.From).Where(file => file == worker || Path.GetExtension(file) == ".so").ToList();
        files.AddRange((await LinkedLibraries.OfAsync(native, cancellationToken)).Select(library => (library, library)));
        await using var tar = new TarWriter(to, TarEntryFormat.Pax, leaveOpen: true);
        foreach (var (from, inside) in files.OrderBy(file => file.To, StringComparer.Ordinal))
        {
            await using var content = File.OpenRead(from);
            await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, inside.TrimStart('/'))
            {
                DataStream = content, Mode = Readable, ModificationTime = DateTimeOffset.UnixEpoch,
            }, cancellationToken);
        }
    }

    private static List<(string From, string To)> Files(string worker)
    {
        var folder = Path.GetDirectoryName(worker)!;
        List<(string, string)> files = [.. Below(folder, Worker)];
        if (!IsSelfContained(folder))
        {
            var shared = RuntimeEnvironment.GetRuntimeDirectory().TrimEnd('/');
            var root = Path.GetFullPath(Path.Combine(shared, "..", "..", ".."));
            var host = Path.Combine("host", "fxr", Path.GetFileName(shared));
            files.AddRange(Below(shared, $"{DotNet}/{Path.GetRelativePath(root, shared)}/"));
            files.AddRange(Below(Path.Combine(root, host), $"{DotNet}/{host}/"));
        }

        return files;
    }

    private static bool IsSelfContained(string folder) =>
        File.Exists(Path.Combine(folder, "libcoreclr.so")) || !Directory.EnumerateFiles(folder, "*.runtimeconfig.json").Any();

    /// <summary>What nothing runs by is left out: symbols, documentation, and tracing, which wants a library that few have.</summary>
    private static IEnumerable<(string From, string To)> Below(string folder, string to) => !Directory.Exists(folder)
        ? throw new VantageException(ClientErrorCodes.HomeInvalid, $"The .NET that this command runs on has no {folder}.", "Install .NET anew, or leave out --runtime docker.")
        : Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is not (".pdb" or ".xml") && Path.GetFileName(file) != "libcoreclrtraceprovider.so")
            .Select(file => (file, to + Path.GetRelativePath(folder, file)));
}
