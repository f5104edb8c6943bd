using System.Reflection;
using System.Runtime.InteropServices;

namespace Vantage.DuckDb;

/// <summary>Where DuckDB's library lies: beside a published program, or among a checkout's npm packages.</summary>
internal static class DuckLibrary
{
    public const string Name = "duckdb";

    private static readonly string File =
        OperatingSystem.IsWindows() ? "duckdb.dll" : OperatingSystem.IsMacOS() ? "libduckdb.dylib" : "libduckdb.so";

    /// <summary>As npm calls the package of this platform.</summary>
    private static readonly string Package = "node-bindings-"
        + (OperatingSystem.IsWindows() ? "win32" : OperatingSystem.IsMacOS() ? "darwin" : "linux")
        + (RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "-arm64" : "-x64");

    /// <summary>Null if it is nowhere.</summary>
    public static string? Path { get; } = Candidates(AppContext.BaseDirectory).FirstOrDefault(System.IO.File.Exists);

    public static string Absence =>
        $"DuckDB's library ({File}), by which such files are read, is not there. In a checkout, run './build restore'; otherwise install Vantage again.";

    /// <summary>Called before the first function is.</summary>
    public static void Resolve() => NativeLibrary.SetDllImportResolver(Assembly.GetExecutingAssembly(), (name, _, _) =>
        name == Name && Path is { } path ? NativeLibrary.Load(path) : 0);

    private static IEnumerable<string> Candidates(string beside)
    {
        yield return System.IO.Path.Combine(beside, "native", File);
        for (var folder = new DirectoryInfo(beside).Parent; folder is not null; folder = folder.Parent)
        {
            yield return System.IO.Path.Combine(folder.FullName, "native", File);
            yield return System.IO.Path.Combine(folder.FullName, "node_modules", "@duckdb", Package, File);
        }
    }
}
