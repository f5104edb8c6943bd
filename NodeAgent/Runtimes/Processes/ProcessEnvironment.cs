using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Vantage.NodeAgent.Runtimes.Processes;

/// <summary>
/// All the variables an algorithm gets. Nothing of the node's own environment, where secrets lie, and nothing of the
/// request, so that no text of an asker is ever taken for a setting.
/// </summary>
internal static class ProcessEnvironment
{
    public static IEnumerable<KeyValuePair<string, string>> For(RuntimeJob job, string scratch) => Common()
        .Concat(new Dictionary<string, string>
        {
            ["HOME"] = job.WorkDirectory,
            ["TMPDIR"] = scratch,
            ["TMP"] = scratch,
            ["TEMP"] = scratch,
            [ProcessMark.Variable] = job.WorkDirectory,
            ["DOTNET_PROCESSOR_COUNT"] = Whole(Math.Max(1, (int)Math.Ceiling(job.Limits.Cpu)), "d"),
            // Lets a .NET worker collect garbage before the watch has to kill it. Hexadecimal, as the runtime reads it.
            ["DOTNET_GCHeapHardLimit"] = Whole(((long)job.Limits.MemoryMiB << 20) / 10 * 8, "x"),
        });

    /// <summary>What any program of ours needs to start.</summary>
    public static IReadOnlyDictionary<string, string> Common()
    {
        var variables = new Dictionary<string, string>
        {
            ["PATH"] = OperatingSystem.IsWindows() ? Environment.SystemDirectory : "/usr/bin:/bin",
            ["LANG"] = "C.UTF-8",
            ["TZ"] = "UTC",
            // No debugger's or profiler's socket beside somebody's data.
            ["DOTNET_EnableDiagnostics"] = "0",
        };
        if (OperatingSystem.IsWindows())
        {
            variables["SystemRoot"] = Environment.GetFolderPath(Environment.SpecialFolder.Windows);
        }

        if (RuntimeRoot() is { } root)
        {
            variables["DOTNET_ROOT"] = root;
        }

        return variables;
    }

    public static void Fill(ProcessStartInfo start, IEnumerable<KeyValuePair<string, string>> variables)
    {
        start.Environment.Clear();
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }
    }

    private static string Whole(long number, string format) => number.ToString(format, CultureInfo.InvariantCulture);

    /// <summary>Where the shared runtime lies that a worker in a checkout needs; a published worker brings its own.</summary>
    private static string? RuntimeRoot()
    {
        // …/dotnet/shared/Microsoft.NETCore.App/10.0.0/
        var runtime = new DirectoryInfo(RuntimeEnvironment.GetRuntimeDirectory());
        return runtime.Parent?.Parent is { Name: "shared", Parent: { } root } ? root.FullName : null;
    }
}
