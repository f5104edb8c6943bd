using System.Net;
using System.Net.Sockets;

namespace Vantage.Benchmarks.Processes;

/// <summary>The programs as <c>./build</c> made them.</summary>
internal static class Programs
{
    public static string Coordinator => Built("Vantage.Coordinator");

    public static string Command => Built("Vantage.Cli", "vantage");

    public static string Worker => Built("Vantage.Worker");

    /// <summary>The checkout.</summary>
    public static string Root
    {
        get
        {
            var folder = AppContext.BaseDirectory;
            while (folder is not null && !File.Exists(Path.Combine(folder, "Vantage.sln")))
            {
                folder = Path.GetDirectoryName(folder);
            }

            return folder ?? throw new DirectoryNotFoundException("This is no checkout.");
        }
    }

    public static string Bench => Environment.ProcessPath!;

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Built(string project, string? program = null)
    {
        var suffix = OperatingSystem.IsWindows() ? ".exe" : "";
        var path = Path.Combine(Root, "artifacts", "bin", project, "release", (program ?? project) + suffix);
        return File.Exists(path) ? path : throw new FileNotFoundException($"{path} is missing: run ./build build before.", path);
    }
}
