using System.Diagnostics;
using Vantage.Tests.Architecture;

namespace Vantage.Tests.Worker;

/// <summary>A worker as a process of its own, as the node starts it.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private readonly Process process;
    private readonly Task<string> error;
    private readonly Task<string> output;

    private WorkerProcess(Process process)
    {
        this.process = process;
        error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    public static string Vantage { get; } = Executable("Vantage.Worker");

    public static string Testing { get; } = Executable("TestWorker");

    public static WorkerProcess Start(string executable, params IEnumerable<string> arguments) =>
        StartWith([], executable, arguments);

    public static WorkerProcess StartWith(
        Dictionary<string, string> environment, string executable, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(executable, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new(Process.Start(start)!);
    }

    public async Task<WorkerExit> EndAsync()
    {
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new(process.ExitCode, await output, await error);
    }

    /// <summary>SIGTERM, as the node sends it.</summary>
    public async Task TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString()]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
    }

    private static string Executable(string project)
    {
        var name = OperatingSystem.IsWindows() ? project + ".exe" : project;
        return Checkout.PathOf(Path.Combine("artifacts", "bin", project, "release", name));
    }
}

internal sealed record WorkerExit(int Code, string Output, string Error);
