using System.ComponentModel;
using System.Diagnostics;
using Vantage.Protocol.Algorithms;

namespace Vantage.NodeAgent.Runtimes.Processes;

/// <summary>
/// Runs the worker as an ordinary child process: with an empty environment and under caps, but without a sandbox. For
/// development, and where the policy says so in words.
/// </summary>
internal sealed class ProcessRuntime(string worker, TimeProvider time) : IRuntime
{
    /// <summary>Between asking an algorithm to end and killing it.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    public string Name => "process";

    public string? SeenAt => null;

    public string GatewayKind => GatewayKinds.UnixHttp;

    public bool Runs(RuntimeCode code) => code is RuntimeCode.Worker;

    public async Task<RuntimeEnd> RunAsync(RuntimeJob job, CancellationToken stop)
    {
        if (job.Doors.Count > 0)
        {
            return new RuntimeEnd.Refused("sandbox.network", "A way out is given to algorithms in containers only.");
        }

        if (job.Limits.Accelerators > 0)
        {
            return new RuntimeEnd.Refused("sandbox.accelerators", "Accelerators are given to algorithms in containers only.");
        }

        var scratch = Directory.CreateDirectory(Path.Combine(job.WorkDirectory, "tmp")).FullName;
        using var process = new Process { StartInfo = Start(job, scratch) };
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            return new RuntimeEnd.NotStarted($"The worker {worker} can't be started: {e.Message}. 'worker:' in node.yaml names it.");
        }

        var group = new ProcessGroup(process, job.WorkDirectory);
        try
        {
            Failpoint.Pass("work.started");
            ProcessLimits.ForbidCoreDumps(process.Id);
            ProcessMark.Write(job, process.Id);
            Failpoint.Pass("work.marked");
            process.StandardInput.Close();
            job.Started(ProcessConfinement.Of(job));
            var streams = Task.WhenAll(PumpAsync(process.StandardOutput, job), PumpAsync(process.StandardError, job));
            var cause = await new ProcessWatch(process, group, job, scratch, time).WaitAsync(stop);
            await EndAsync(process, group, isAsked: cause is not ProcessEnd.Exited);
            await streams.WaitAsync(Grace, TimeProvider.System, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return Explain(cause, process, ProcessConfinement.Of(job));
        }
        finally
        {
            group.Kill();
        }
    }

    public Task SweepAsync(string workRoot, CancellationToken cancellationToken) =>
        Task.Run(() => ProcessSweep.Sweep(workRoot), cancellationToken);

    private ProcessStartInfo Start(RuntimeJob job, string scratch)
    {
        // A session of its own, where the system has the program for it, so that all of it can be killed at once.
        IEnumerable<string> command = ProcessGroup.Leader is { } leader ? [leader, worker] : [worker];
        var start = new ProcessStartInfo(command.First(), [.. command.Skip(1), "run", job.RunFile])
        {
            UseShellExecute = false,
            WorkingDirectory = job.WorkDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        ProcessEnvironment.Fill(start, ProcessEnvironment.For(job, scratch));
        return start;
    }

    private async Task EndAsync(Process process, ProcessGroup group, bool isAsked)
    {
        if (isAsked && group.Terminate())
        {
            await process.WaitForExitAsync(CancellationToken.None).WaitAsync(Grace, time)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        // Whatever else it started ends with it.
        group.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
    }

    private static RuntimeEnd Explain(ProcessEnd cause, Process process, IReadOnlyDictionary<string, string> enforced) => cause switch
    {
        ProcessEnd.Exited => new RuntimeEnd.Exited(process.ExitCode, enforced),
        ProcessEnd.Stopped => new RuntimeEnd.Stopped(enforced),
        ProcessEnd.Exceeded over => new RuntimeEnd.Exceeded(over.Resource, enforced),
        _ => throw new InvalidOperationException($"A process ended by {cause}."),
    };

    /// <summary>Reads on after the log is full: a full pipe would hold the algorithm up.</summary>
    private static async Task PumpAsync(StreamReader stream, RuntimeJob job)
    {
        var buffer = new byte[16 * 1024];
        while (await stream.BaseStream.ReadAsync(buffer, CancellationToken.None) is > 0 and var read)
        {
            job.Said(buffer.AsMemory(0, read));
        }
    }
}
