using System.Text.Json;
using Vantage.NodeAgent.Runs;
using Vantage.NodeAgent.Runs.Storage;
using Vantage.Protocol.Calls;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Json;

namespace Vantage.NodeAgent.TaskTypes.Analysis.Calls;

/// <summary>How one call ended, with what leaves of it.</summary>
/// <param name="End">As the run of it would have ended.</param>
/// <param name="Result">Only of one that succeeded: JSON that has passed disclosure control.</param>
internal sealed record CallDone(RunEnd End, ReadOnlyMemory<byte>? Result = null);

/// <summary>Collects how the calls of a run ended, and writes it down as its result.</summary>
internal sealed class CallEnds(int count)
{
    private readonly CallDone?[] ends = new CallDone?[count];

    public int Count => count;

    public int Done => ends.Count(end => end is not null);

    public int HeldBack => ends.Sum(end => end?.End.Facts.HeldBack ?? 0);

    public void Set(AskedCall call, RunEnd end, ReadOnlyMemory<byte>? result = null) => ends[call.Index] = new CallDone(end, result);

    public bool Has(AskedCall call) => ends[call.Index] is not null;

    /// <summary>For the receipt.</summary>
    public string Words()
    {
        var kinds = ends.GroupBy(end => Kind(end!)).ToDictionary(kind => kind.Key, kind => kind.Count());
        return $"{count}: " + string.Join(", ", Enum.GetValues<CallEnd>().Where(kinds.ContainsKey).Select(kind => $"{kinds[kind]} {Word(kind)}"));
    }

    /// <summary>As a file in the run's folder that is sealed for the asker.</summary>
    public async Task<RunEnd> WriteAsync(string folder, ExecutionFacts facts, CancellationToken cancellationToken)
    {
        var bytes = ToBytes();
        var path = Path.Combine(folder, "calls.json");
        await using (var file = Durable.CreateFile(path))
        {
            await file.WriteAsync(bytes, cancellationToken);
        }

        return new RunEnd.Succeeded(path, bytes.Length, Digest.Of(bytes.Span), facts);
    }

    private ReadOnlyMemory<byte> ToBytes()
    {
        var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory))
        {
            json.WriteStartObject();
            json.WriteNumber("v", CallAnswers.CurrentVersion);
            json.WriteStartArray("calls");
            foreach (var end in ends)
            {
                Write(json, end!);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return memory.GetBuffer().AsMemory(0, (int)memory.Length);
    }

    private static void Write(Utf8JsonWriter json, CallDone done)
    {
        json.WriteStartObject();
        json.WriteString("end", Kind(done).ToExactName());
        var (code, message, rule, detail) = done.End switch
        {
            RunEnd.Failed failed => (failed.Code, failed.Message, null, failed.Detail),
            RunEnd.Refused refused => (refused.Code, refused.Message, refused.Rule, null),
            { Asks: not null } => (null, "A person of the site has to agree to this one: it is asked as a task of its own.", null, null),
            _ => default((string?, string?, string?, string?)),
        };
        if (Kind(done) == CallEnd.Succeeded)
        {
            json.WritePropertyName("result");
            json.WriteRawValue(done.Result!.Value.Span);
        }

        Text(json, "code", code);
        Text(json, "message", message);
        Text(json, "rule", rule);
        Text(json, "detail", detail);
        if (done.End.Facts.HeldBack is > 0 and var held)
        {
            json.WriteNumber("heldBack", held);
        }

        json.WriteEndObject();
    }

    private static void Text(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }

    private static CallEnd Kind(CallDone done) => done.End switch
    {
        { Asks: not null } => CallEnd.Alone,
        RunEnd.Succeeded => CallEnd.Succeeded,
        RunEnd.Refused { Code: CallsExecution.AloneCode } => CallEnd.Alone,
        RunEnd.Refused => CallEnd.Refused,
        _ => CallEnd.Failed,
    };

    private static string Word(CallEnd kind) => kind switch
    {
        CallEnd.Succeeded => "answered",
        CallEnd.Alone => "to be asked alone",
        CallEnd.Refused => "refused",
        _ => "failed",
    };
}
