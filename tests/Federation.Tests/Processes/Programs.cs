namespace Federation.Tests.Processes;

/// <summary>The programs as <c>./build</c> made them: tests start what users start.</summary>
internal static class Programs
{
    public static string Repository { get; } = FindRepository();

    public static string Vantage => Built("Vantage.Cli", "vantage");

    public static string Coordinator => Built("Vantage.Coordinator", "Vantage.Coordinator");

    public static string NodeAgent => Built("Vantage.NodeAgent", "Vantage.NodeAgent");

    public static string Bench => Built("Benchmarks", "Benchmarks");

    public static string TestWorker => Built("TestWorker", "TestWorker");

    private static string Built(string project, string program)
    {
        var suffix = OperatingSystem.IsWindows() ? ".exe" : "";
        var path = Path.Combine(Repository, "artifacts", "bin", project, "release", program + suffix);
        return File.Exists(path)
            ? path
            : throw new FileNotFoundException($"{path} is missing: run ./build build before the tests.", path);
    }

    private static string FindRepository()
    {
        var folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Vantage.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new DirectoryNotFoundException("The tests run from a checkout's artifacts folder.");
    }
}
