using System.Diagnostics;

namespace Vantage.NodeAgent.Runtimes.Processes;

/// <summary>Why a process is to end, or did.</summary>
internal abstract record ProcessEnd
{
    public sealed record Exited : ProcessEnd;

    public sealed record Stopped : ProcessEnd;

    public sealed record Exceeded(Resource Resource) : ProcessEnd;
}

/// <summary>
/// Looks at a process now and then. Memory is watched instead of limited by the kernel: control groups need rights that a
/// node does not have everywhere, and an address-space limit stops .NET itself long before its memory is used.
/// </summary>
internal sealed class ProcessWatch(Process process, ProcessGroup group, RuntimeJob job, string scratch, TimeProvider time)
{
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>The program itself is looked at each time; what it may have started, and what it writes, more seldom: that takes longer.</summary>
    private const int LooksBetweenAll = 4;

    public async Task<ProcessEnd> WaitAsync(CancellationToken stop)
    {
        var begun = time.GetTimestamp();
        var exited = process.WaitForExitAsync(CancellationToken.None);
        for (var look = 0; ; look++)
        {
            await Task.WhenAny(exited, Task.Delay(Interval, time, stop));
            if (exited.IsCompleted)
            {
                return new ProcessEnd.Exited();
            }

            if (stop.IsCancellationRequested)
            {
                return new ProcessEnd.Stopped();
            }

            if (Exceeded(time.GetElapsedTime(begun), look) is { } resource)
            {
                return new ProcessEnd.Exceeded(resource);
            }
        }
    }

    private Resource? Exceeded(TimeSpan elapsed, int look)
    {
        if (elapsed >= job.Limits.Time)
        {
            return Resource.Time;
        }

        var all = look % LooksBetweenAll == 0;
        if ((all ? group.ResidentBytes() : group.LeaderBytes()) > (long)job.Limits.MemoryMiB << 20)
        {
            return Resource.Memory;
        }

        return all && FolderSize(scratch) > (long)job.Limits.DiskMiB << 20 ? Resource.Disk : null;
    }

    private static long FolderSize(string folder)
    {
        try
        {
            return new DirectoryInfo(folder)
                .EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
                .Sum(file => file.Length);
        }
        catch (IOException)
        {
            // Files come and go under the hands of whoever looks; the next look counts again.
            return 0;
        }
    }
}
