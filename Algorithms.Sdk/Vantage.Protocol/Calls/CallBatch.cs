using System.Text.Json;
using Vantage.Protocol.Manifests;

namespace Vantage.Protocol.Calls;

/// <summary>
/// Several questions as one run, version 1: the arguments of a task whose function is <see cref="Function"/>. Each call is
/// judged, done and answered on its own; together they cost what one run costs on the way.
/// </summary>
/// <param name="V">The version of this record.</param>
/// <param name="Algorithms">
/// Whose functions are called: one code, which is the manifest's. The built-in algorithms of one build are one code, since they
/// have one digest.
/// </param>
/// <param name="Calls">In the order in which they are done and answered.</param>
public sealed record CallBatch(int V, IReadOnlyList<AlgorithmRef> Algorithms, IReadOnlyList<BatchedCall> Calls)
{
    public const int CurrentVersion = 1;

    /// <summary>What the manifest says in place of a function. No function has such a name, since theirs have no dot.</summary>
    public const string Function = "calls.v1";

    public const int MaxCalls = 1000;

    /// <summary>Whether a task is of several calls.</summary>
    public static bool IsFor(TaskManifest manifest) => manifest is { Type: TaskType.Analysis, Function: Function };

    /// <summary>Reads what was sealed. A member that is not known may mean anything: it is refused.</summary>
    /// <exception cref="FormatException">Says, as a sentence, what is not as it has to be.</exception>
    public static CallBatch Read(ReadOnlySpan<byte> json, AlgorithmRef code)
    {
        CallBatch batch;
        try
        {
            batch = JsonSerializer.Deserialize(json, CallsJson.Default.CallBatch) ?? throw new JsonException("It is null.");
        }
        catch (JsonException e)
        {
            throw new FormatException($"The calls can't be read: {e.Message}", e);
        }

        return batch switch
        {
            { V: not CurrentVersion } => throw new FormatException($"The calls are of version {batch.V}, and {CurrentVersion} is understood."),
            { Calls.Count: 0 or > MaxCalls } => throw new FormatException($"A task has 1 to {MaxCalls} calls, this one {batch.Calls.Count}."),
            _ when batch.Calls.Any(call => call.Algorithm < 0 || call.Algorithm >= batch.Algorithms.Count) =>
                throw new FormatException("A call names an algorithm that is not among those that are listed."),
            _ when batch.Algorithms.FirstOrDefault(algorithm => !IsOneCode(algorithm, code)) is { } other => throw new FormatException(
                $"The task is signed for {code.Text}, and a call is for {other.Text}: the calls of a task are of one code."),
            _ => batch,
        };
    }

    /// <summary>Names and versions are for people: what runs is the digest's.</summary>
    public static bool IsOneCode(AlgorithmRef one, AlgorithmRef other) =>
        one == other || (one.Kind == AlgorithmKind.Builtin && other.Kind == AlgorithmKind.Builtin && one.Digest == other.Digest);

    /// <summary>What is called how often, for a person: <c>summary/partial 50, histogram/counts 1</c>. A dash where it can't be read.</summary>
    public static string WordsOf(ReadOnlySpan<byte> json, AlgorithmRef code)
    {
        try
        {
            var batch = Read(json, code);
            return string.Join(", ", batch.Calls
                .CountBy(call => $"{(batch.Algorithms[call.Algorithm] is { Name: [_, ..] name } ? name : batch.Algorithms[call.Algorithm].Text)}/{call.Function}")
                .Select(kind => $"{kind.Key} {kind.Value}"));
        }
        catch (FormatException)
        {
            return "-";
        }
    }

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, CallsJson.Default.CallBatch);
}

/// <param name="Algorithm">Its place in <see cref="CallBatch.Algorithms"/>, from 0.</param>
/// <param name="Function">One of the algorithm's.</param>
/// <param name="Arguments">The function's.</param>
public sealed record BatchedCall(int Algorithm, string Function, JsonElement Arguments);
