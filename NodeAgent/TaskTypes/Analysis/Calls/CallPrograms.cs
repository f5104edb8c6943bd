using Vantage.NodeAgent.Runs;
using Vantage.NodeAgent.Runtimes;

namespace Vantage.NodeAgent.TaskTypes.Analysis.Calls;

/// <summary>Does the calls of a group in one program, and in a new one where that one broke.</summary>
internal sealed class CallPrograms(
    DataPreparation preparation, WarmStart start, RuntimeChoice runtimes, AnalysisSettings settings, TimeProvider time)
{
    /// <returns>The facts so far, with what this group used.</returns>
    public async Task<ExecutionFacts> RunAsync(CallsWork work, CallGroup group, ExecutionFacts facts, CancellationToken stop)
    {
        var left = group;
        while (left.Calls.Count > 0)
        {
            switch (await OpenAsync(work, left, stop))
            {
                case Step<OpenProgram>.Next { Value: var open }:
                    await using (open)
                    {
                        facts = await new CallProgram(work, left, open, runtimes.For(left.Permit.Code), settings, time).RunAsync(facts, stop);
                    }

                    break;
                case Step<OpenProgram>.End { How: var how } when left.Calls is [var only]:
                    work.Ends.Set(only.Asked, how);
                    break;
                default:
                    await LookAsync(work, left, stop);
                    break;
            }

            left = CallGroup.Left(left, call => !work.Ends.Has(call.Asked));
        }

        return facts;
    }

    /// <summary>A program with what the calls of the group may see: one that stands ready for this job, or one for this run alone.</summary>
    private async Task<Step<OpenProgram>> OpenAsync(CallsWork work, CallGroup group, CancellationToken stop)
    {
        var limit = work.Deadline - time.GetUtcNow();
        if (WarmAnalysis.Suits(group.Order, group.Permit) && limit > TimeSpan.Zero)
        {
            switch (await start.TakeAsync(group.Order, group.Permit, limit, work.Progress, stop))
            {
                case Step<WarmWork>.Next { Value: var ready }:
                    return new Step<OpenProgram>.Next(new OpenProgram(ready.Lease.Worker!, ready.Data, ready.Lease));
                case Step<WarmWork>.End end:
                    return new Step<OpenProgram>.End(end.How);
            }
        }

        return await LaunchAsync(work, group, limit, stop);
    }

    private async Task<Step<OpenProgram>> LaunchAsync(CallsWork work, CallGroup group, TimeSpan limit, CancellationToken stop)
    {
        var runtime = runtimes.For(group.Permit.Code);
        var name = $"{work.Order.Run}-{work.Order.Epoch}-{++work.Programs}";
        var folder = AnalysisFolder.Of(start.FolderOf("calls-" + name), runtime);
        folder.Create();
        var isBegun = false;
        try
        {
            switch (await preparation.PrepareAsync(group.Order, group.Permit, folder.Data, stop))
            {
                case Step<PreparedData>.Next { Value: var data }:
                    var worker = await start.LaunchAsync(group.Order, group.Permit, data, folder,
                        new WarmLife(name, limit > TimeSpan.Zero ? limit : TimeSpan.FromSeconds(1), time), runtime, work.Progress, stop);
                    isBegun = true;
                    return new Step<OpenProgram>.Next(new OpenProgram(worker, data, null));
                case Step<PreparedData>.End end:
                    return new Step<OpenProgram>.End(end.How);
                default:
                    throw new InvalidOperationException("A step goes on or ends.");
            }
        }
        finally
        {
            if (!isBegun)
            {
                Directory.Delete(folder.Root, recursive: true);
            }
        }
    }

    /// <summary>
    /// What one call asks to see is not there: that is its own end, and none of the others'. Each is looked at by itself, by a
    /// snapshot that is thrown away.
    /// </summary>
    private async Task LookAsync(CallsWork work, CallGroup group, CancellationToken stop)
    {
        var folder = Path.Combine(work.Order.WorkDirectory, "look");
        var before = work.Ends.Done;
        foreach (var call in group.Calls)
        {
            Directory.CreateDirectory(folder);
            if (await preparation.PrepareAsync(call.Order, call.Permit, folder, stop) is Step<PreparedData>.End end)
            {
                work.Ends.Set(call.Asked, end.How);
            }

            Directory.Delete(folder, recursive: true);
        }

        if (work.Ends.Done == before)
        {
            // Each alone finds its data and all together do not: the data changed meanwhile. No call waits for that to end.
            group.Calls.ToList().ForEach(call => work.Ends.Set(call.Asked, new RunEnd.Failed(Protocol.Errors.RunCodes.DataUnavailable,
                "The data changed while they were read. Ask again.", null, new ExecutionFacts())));
        }
    }
}

/// <summary>A program that takes calls.</summary>
/// <param name="Lease">Of one that stands ready for more than this run; null for this run's own, which ends with it.</param>
internal sealed record OpenProgram(Runtimes.Warm.WarmWorker Worker, PreparedData Data, Runtimes.Warm.WarmLease? Lease) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        Lease?.Dispose();
        if (Lease is null)
        {
            await Worker.DisposeAsync();
        }
    }
}
