using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Vantage.NodeAgent.Data;
using Vantage.NodeAgent.Data.Sessions;
using Vantage.NodeAgent.Data.Sessions.Keeping;
using Vantage.NodeAgent.Runs;
using Vantage.NodeAgent.Runs.Storage;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Manifests;
using Vantage.Protocol.Sessions;

namespace Vantage.NodeAgent.TaskTypes.Analysis.Sessions;

/// <summary>
/// The functions of <c>sessions</c>. To everyone else each is a run like any other, judged, with a receipt; but the node
/// does it itself, so that no program ever holds the rows, and what it says of them is the node's own word.
/// </summary>
internal sealed class SessionWork(DataPreparation preparation, FrameShelf shelf, FrameMaker maker, TimeProvider time)
{
    public static bool IsFor(RunOrder order, RunPermit permit) => order.Manifest.Algorithm is { Kind: AlgorithmKind.Builtin, Name: SessionFunctions.Algorithm }
        && permit.Function?.Kind == Protocol.Algorithms.FunctionKind.Prepare;

    public async Task<RunEnd> ExecuteAsync(RunOrder order, RunPermit permit, IRunProgress progress, CancellationToken stop)
    {
        var facts = new ExecutionFacts(time.GetUtcNow()) { Decision = permit.Decision };
        if (SessionKey.Of(order.Manifest, order.Requester) is not { } session)
        {
            return new RunEnd.Failed(RunCodes.ArgumentsInvalid, "The task names no session: 'vantage session …' does, or 'vantage task run --session NAME'.", null, facts);
        }

        try
        {
            var end = order.Manifest.Function switch
            {
                SessionFunctions.Prepare => await new FramePreparation(preparation, shelf, maker, time).PrepareAsync(session, order, permit, facts, progress, stop),
                SessionFunctions.List => await ListAsync(session, order, permit, facts, stop),
                _ => await EndAsync(session, order, facts, stop),
            };
            return AnalysisApproval.BeforeRelease(order, permit, end);
        }
        catch (StepsRefused e)
        {
            return new RunEnd.Failed(RunCodes.ArgumentsInvalid, e.Message, null, Finished(facts));
        }
        catch (SourceException e)
        {
            return new RunEnd.Failed(e.Code, e.Message, null, Finished(facts));
        }
    }

    /// <summary>The result of a function, as a file that is sealed for the asker.</summary>
    public static async Task<RunEnd> ToldAsync<T>(RunOrder order, T result, JsonTypeInfo<T> type, ExecutionFacts facts, CancellationToken cancellationToken)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(result, type);
        var path = Path.Combine(order.WorkDirectory, "result.json");
        await using (var file = Durable.CreateFile(path))
        {
            await file.WriteAsync(bytes, cancellationToken);
        }

        return new RunEnd.Succeeded(path, bytes.Length, Digest.Of(bytes), facts);
    }

    private Task<RunEnd> ListAsync(SessionKey session, RunOrder order, RunPermit permit, ExecutionFacts facts, CancellationToken stop)
    {
        var named = Read(order, SessionsJson.Default.ListArguments).Frame;
        var frames = shelf.List(session).Where(f => named is null || f.Record.Name == named)
            .Select(f => f.Record.Report(cached: true, RowsTold.Of(permit.Rule, f.Record.Rows)));
        return ToldAsync(order, new SessionReport(session.Session, [.. frames]), SessionsJson.Default.SessionReport, Finished(facts), stop);
    }

    private Task<RunEnd> EndAsync(SessionKey session, RunOrder order, ExecutionFacts facts, CancellationToken stop) => ToldAsync(
        order, new SessionEnded(session.Session, shelf.End(session, Read(order, SessionsJson.Default.EndArguments).Frame)),
        SessionsJson.Default.SessionEnded, Finished(facts), stop);

    private static T Read<T>(RunOrder order, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(order.Arguments.Span, type) ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new StepsRefused($"The arguments of '{order.Manifest.Function}' are {{}} for the whole session, or {{\"frame\": \"name\"}}.");
        }
    }

    private ExecutionFacts Finished(ExecutionFacts facts) => facts with { FinishedAt = time.GetUtcNow() };
}
