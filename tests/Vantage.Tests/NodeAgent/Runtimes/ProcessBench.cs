using System.Text;
using Vantage.NodeAgent.Runtimes;
using Vantage.NodeAgent.Runtimes.Processes;

namespace Vantage.Tests.NodeAgent.Runtimes;

/// <summary>
/// Runs a script in place of the worker: it is called as the worker is, with the run's directory as its current one, and
/// can do anything a process can.
/// </summary>
internal sealed class ProcessBench : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vtg-proc-");
    private readonly MemoryStream said = new();
    private readonly TaskCompletionSource firstWord = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ProcessBench(string script)
    {
        Worker = Path.Combine(folder.FullName, "worker");
        File.WriteAllText(Worker, "#!/bin/sh\n" + script + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Worker, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        Work = Directory.CreateDirectory(Path.Combine(folder.FullName, "work", "run-1")).FullName;
    }

    public string Worker { get; }

    public string Work { get; }

    public string WorkRoot => Path.GetDirectoryName(Work)!;

    public RuntimeLimits Limits { get; init; } = new(1, 512, 64, TimeSpan.FromMinutes(5));

    public string SocketFolder { get; init; } = "/nowhere";

    public string Said
    {
        get
        {
            lock (said)
            {
                return Encoding.UTF8.GetString(said.ToArray());
            }
        }
    }

    /// <summary>The script has written something.</summary>
    public Task FirstWord => firstWord.Task.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);

    public ProcessRuntime Runtime => new(Worker, TimeProvider.System);

    public Task<RuntimeEnd> RunAsync() => GoAsync(TestContext.Current.CancellationToken);

    /// <summary>Until it is told to stop.</summary>
    public Task<RuntimeEnd> RunAsync(CancellationTokenSource stop) => GoAsync(stop.Token);

    private Task<RuntimeEnd> GoAsync(CancellationToken stop) => Runtime.RunAsync(
        new RuntimeJob(new RuntimeCode.Worker(), "run-1", Work, Work, Path.Combine(Work, "run.json"), SocketFolder, Limits, Hear), stop);

    /// <summary>The processes that bear this run's mark.</summary>
    public IReadOnlyList<int> Alive() =>
        [.. LinuxProcesses.All().Where(p => !p.IsZombie && LinuxProcesses.HasMark(p.Id, ProcessMark.Variable, Work)).Select(p => p.Id)];

    public void Dispose() => folder.Delete(recursive: true);

    private void Hear(ReadOnlyMemory<byte> text)
    {
        lock (said)
        {
            said.Write(text.Span);
        }

        firstWord.TrySetResult();
    }
}
