using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;

namespace Federation.Tests.Processes;

/// <summary>
/// A real process: its output is kept whole and can be waited on line by line; leaving the scope kills its whole tree.
/// </summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly ConcurrentQueue<(bool IsError, string Line)> output = new();
    private readonly Channel<string> lines = Channel.CreateUnbounded<string>();
    private int openStreams = 2;

    private ChildProcess(Process process) => this.process = process;

    public int Id => process.Id;

    public string Name { get; private init; } = "";

    public bool HasExited => process.HasExited;

    /// <summary>Alive and not frozen.</summary>
    public bool IsWell => !process.HasExited && File.ReadAllText($"/proc/{Id}/stat") is var stat && stat[stat.LastIndexOf(')') + 2] is not 'T';

    public int ExitCode => process.ExitCode;

    /// <summary>Everything it wrote so far, standard output and error together.</summary>
    public string Output => string.Join('\n', output.Select(said => said.Line));

    public string StandardOutput => string.Join('\n', output.Where(said => !said.IsError).Select(said => said.Line));

    public string StandardError => string.Join('\n', output.Where(said => said.IsError).Select(said => said.Line));

    public static ChildProcess Start(
        string program,
        IEnumerable<string> arguments,
        string? folder = null,
        IReadOnlyDictionary<string, string?>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder ?? Path.GetTempPath(),
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            start.Environment[name] = value;
        }

        var child = new ChildProcess(new Process { StartInfo = start }) { Name = Path.GetFileName(program) };
        child.process.OutputDataReceived += (_, line) => child.Receive(false, line.Data);
        child.process.ErrorDataReceived += (_, line) => child.Receive(true, line.Data);
        child.process.Start();
        child.process.StandardInput.Close();
        child.process.BeginOutputReadLine();
        child.process.BeginErrorReadLine();
        return child;
    }

    /// <summary>Waits for a line to appear; a process that ends first, or says nothing of the kind, fails the test.</summary>
    public async Task<string> LineAsync(Func<string, bool> wanted, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(4));
        try
        {
            await foreach (var line in lines.Reader.ReadAllAsync(patience.Token))
            {
                if (wanted(line))
                {
                    return line;
                }
            }
        }
        catch (OperationCanceledException silence) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{Name} did not say what was waited for. It said:\n{Output}", silence);
        }

        throw new InvalidOperationException($"{Name} ended before it said what was waited for. It said:\n{Output}");
    }

    public async Task<int> ExitAsync(CancellationToken cancellationToken)
    {
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode;
    }

    public void Kill() => process.Kill(entireProcessTree: true);

    /// <summary>Freezes it, and nothing that it started.</summary>
    public Task FreezeAsync(CancellationToken cancellationToken) => SignalAsync("STOP", cancellationToken);

    public Task ThawAsync(CancellationToken cancellationToken) => SignalAsync("CONT", cancellationToken);

    /// <summary>Kills it as a kernel short of memory would: it alone, what it started lives on.</summary>
    public async Task KillAloneAsync(CancellationToken cancellationToken)
    {
        await SignalAsync("KILL", cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
    }

    /// <summary>Asks it to stop as a service manager would.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (process.HasExited)
        {
            return;
        }

        await SignalAsync("TERM", cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
    }

    /// <summary>Resident memory now and at its highest since start, in bytes, as the kernel counts it.</summary>
    public (long Now, long Peak) Memory()
    {
        var status = File.ReadAllLines($"/proc/{Id}/status");
        long Read(string key) => 1024 * long.Parse(
            status.First(l => l.StartsWith(key, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2],
            CultureInfo.InvariantCulture);
        return (Read("VmRSS:"), Read("VmHWM:"));
    }

    /// <summary>Lets the highest memory count from now on.</summary>
    public void ForgetPeak() => File.WriteAllText($"/proc/{Id}/clear_refs", "5");

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }

        process.Dispose();
    }

    private async Task SignalAsync(string signal, CancellationToken cancellationToken)
    {
        using var kill = Process.Start(new ProcessStartInfo("kill", [$"-{signal}", $"{Id}"]))!;
        await kill.WaitForExitAsync(cancellationToken);
    }

    private void Receive(bool isError, string? line)
    {
        if (line is null)
        {
            if (Interlocked.Decrement(ref openStreams) == 0)
            {
                lines.Writer.TryComplete();
            }

            return;
        }

        output.Enqueue((isError, line));
        lines.Writer.TryWrite(line);
    }
}
