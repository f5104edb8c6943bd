namespace Vantage.NodeAgent.Hosting;

/// <summary>Where the worker lies when nobody says: inside the published node, or beside it in a checkout.</summary>
internal static class WorkerProgram
{
    private static readonly string Name = OperatingSystem.IsWindows() ? "Vantage.Worker.exe" : "Vantage.Worker";

    public static string Default { get; } = Find(AppContext.BaseDirectory);

    internal static string Find(string programDirectory)
    {
        var published = Path.Combine(programDirectory, "worker", Name);
        var checkout = Path.GetFullPath(Path.Combine(programDirectory, "..", "..", "Vantage.Worker", "release", Name));
        return !File.Exists(published) && File.Exists(checkout) ? checkout : published;
    }
}
