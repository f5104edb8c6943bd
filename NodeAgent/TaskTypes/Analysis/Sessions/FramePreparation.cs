using Vantage.NodeAgent.Data;
using Vantage.NodeAgent.Data.Sessions;
using Vantage.NodeAgent.Data.Sessions.Keeping;
using Vantage.NodeAgent.Data.Sessions.Planning;
using Vantage.NodeAgent.Disclosure;
using Vantage.NodeAgent.Disclosure.Memory;
using Vantage.NodeAgent.Policy;
using Vantage.NodeAgent.Runs;
using Vantage.NodeAgent.Runs.Storage;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Lifecycles;
using Vantage.Protocol.Manifests;
using Vantage.Protocol.Sessions;

namespace Vantage.NodeAgent.TaskTypes.Analysis.Sessions;

/// <summary>
/// Makes a frame: snapshots of what the rule lets be seen, the steps over them, and the result on the shelf. With the same
/// steps over the same content it finds what is there.
/// </summary>
internal sealed class FramePreparation(DataPreparation preparation, FrameShelf shelf, FrameMaker maker, TimeProvider time)
{
    public async Task<RunEnd> PrepareAsync(
        SessionKey session, RunOrder order, RunPermit permit, ExecutionFacts facts, IRunProgress progress, CancellationToken stop)
    {
        var arguments = SessionColumns.Read(order.Arguments);
        var table = SessionColumns.Table(order.Manifest.Data);
        var folder = Path.Combine(order.WorkDirectory, "data");
        Durable.CreateFolder(folder);
        switch (await preparation.PrepareAsync(order, permit with { Formats = [] }, folder, stop))
        {
            case Step<PreparedData>.End end:
                return end.How;
            case Step<PreparedData>.Next { Value: var data }:
                progress.Phase(RunPhase.Running);
                facts = facts with { Datasets = data.Used };
                var recipe = FrameDigests.Recipe(arguments, order.Manifest.Data);
                var version = FrameDigests.Version(recipe, data.Snapshots.Select(s => (s.Key, s.Value)));
                if (shelf.Find(session, arguments.Frame, version.ToString()) is { } there)
                {
                    return await ToldAsync(order, permit, shelf.Use(there, permit.Rule.Limits.FrameDays), cached: true, facts, stop);
                }

                var inputs = order.Manifest.Data.Select(d => PlanInput.Of(d.Label, data.Snapshots[d.Label], Shape(session, d, data.Snapshots[d.Label]))).ToList();
                var plan = FramePlanner.Plan(arguments.Steps, table, inputs);
                var (made, rows, bytes, content) = await Task.Run(() => maker.Make(plan, inputs, order.Manifest.Resources, stop), stop);
                var now = time.GetUtcNow();
                return await KeepAsync(order, permit, data.Memory, made, new FrameRecord
                {
                    V = 1, Session = session, Name = arguments.Frame, Version = version, Recipe = recipe, Content = content, Shape = plan.Shape.Of(version),
                    Within = arguments.Steps.Any(step => step is AggregateStep) ? [] : Within(data.Snapshots[table]),
                    Rows = rows, Bytes = bytes, PreparedAt = now, PreparedBy = order.Requester.User, NamedAt = now, UsedAt = now,
                    Days = permit.Rule.Limits.FrameDays,
                }, facts, stop);
            default:
                throw new InvalidOperationException("A step goes on or ends.");
        }
    }

    private async Task<RunEnd> KeepAsync(
        RunOrder order, RunPermit permit, AnswerMemory? memory, string made, FrameRecord record, ExecutionFacts facts, CancellationToken stop)
    {
        try
        {
            if (MinimumRows.Refusal(permit.Rule, record.Name, record.Rows, "Frame") is { } few)
            {
                return new RunEnd.Refused(RunCodes.PolicyRefused, permit.Rule.Name, few, facts with { FinishedAt = time.GetUtcNow() });
            }

            if (await FrameMemory.ObjectionAsync(memory, permit.Rule, new KeptFrame(record, made), order.WorkDirectory, stop) is { } close)
            {
                return new RunEnd.Refused(RunCodes.PolicyRefused, permit.Rule.Name, close, facts with { FinishedAt = time.GetUtcNow() });
            }

            var (kept, refusal) = shelf.Keep(record, made, (frames, bytes) => Refusal(permit.Rule, frames, bytes, record.Bytes));
            return kept is null
                ? new RunEnd.Refused(RunCodes.PolicyRefused, permit.Rule.Name, refusal!, facts with { FinishedAt = time.GetUtcNow() })
                : await ToldAsync(order, permit, kept, cached: false, facts, stop);
        }
        finally
        {
            if (Directory.Exists(made))
            {
                Directory.Delete(made, recursive: true);
            }
        }
    }

    private Task<RunEnd> ToldAsync(RunOrder order, RunPermit permit, KeptFrame frame, bool cached, ExecutionFacts facts, CancellationToken stop) =>
        SessionWork.ToldAsync(order, frame.Record.Report(cached, RowsTold.Of(permit.Rule, frame.Record.Rows)), SessionsJson.Default.FrameReport,
            facts with { FinishedAt = time.GetUtcNow() }, stop);

    /// <summary>What rows the table has that the steps began with, and of which others these are some.</summary>
    private static List<KeptScope> Within(Snapshot table) => [.. (table.Scopes ?? []).Concat(table.Frame?.Within ?? []).Select(KeptScope.Of)];

    private FrameShape Shape(SessionKey session, DataRef data, Snapshot snapshot)
    {
        if (data.Kind != DataKind.Frame)
        {
            return FrameShape.OfSource(data.Id, snapshot.Columns);
        }

        var whole = shelf.Find(session, data.Id, data.Version)?.Record.Shape
            ?? throw new SourceException(RunCodes.DataUnavailable, $"Frame '{data.Id}' was ended while it was read. Prepare it again.");
        return whole with { Columns = [.. snapshot.Columns.Select(column => whole.Columns.First(c => c.Name == column.Name))] };
    }

    private static string? Refusal(AcceptRule rule, int frames, long bytes, long added)
    {
        var limits = rule.Limits;
        return frames >= limits.Frames
            ? $"Your organization keeps {frames} frames at this node, versions counted, and rule '{rule.Name}' allows {limits.Frames} ('frames'). End some: vantage session end."
            : bytes + added > (long)limits.FramesMiB << 20
                ? $"With this frame your organization would keep more than the {limits.FramesMiB} MiB that rule '{rule.Name}' allows ('framesMiB'). End some: vantage session end."
                : null;
    }
}
