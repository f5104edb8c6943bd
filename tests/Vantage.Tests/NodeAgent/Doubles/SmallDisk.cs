using System.Diagnostics;

namespace Vantage.Tests.NodeAgent.Doubles;

/// <summary>A file system of a few MiB that can be filled to the last byte. Needs root on Linux; else the test is left out.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("vantage-disk-").FullName;

    public SmallDisk(int mebibytes)
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", $"size={mebibytes}m", "tmpfs", folder) == 0,
            "A small disk needs root: it is a tmpfs that the test mounts.");
        Root = Path.Combine(folder, "node");
        Directory.CreateDirectory(Root);
    }

    public string Root { get; }

    private string Filler => Path.Combine(folder, "filler");

    /// <summary>Leaves not a byte.</summary>
    public void Fill()
    {
        using var file = new FileStream(Filler, FileMode.Append, FileAccess.Write, FileShare.Read, 0);
        for (var size = 64 * 1024; size > 0; size /= 2)
        {
            try
            {
                while (true)
                {
                    file.Write(new byte[size]);
                }
            }
            catch (IOException)
            {
                // Full for pieces of this size.
            }
        }
    }

    public void Free() => File.Delete(Filler);

    public void Dispose()
    {
        Run("umount", "--lazy", folder);
        Directory.Delete(folder, recursive: true);
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
