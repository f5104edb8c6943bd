using System.Text.Json;
using Vantage.NodeAgent.Data.Sessions;
using Vantage.NodeAgent.Data.Sessions.Planning;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Manifests;
using Vantage.Protocol.Sessions;

namespace Vantage.NodeAgent.TaskTypes.Analysis.Sessions;

/// <summary>What the steps of a frame say of it before any data are seen.</summary>
internal static class SessionColumns
{
    private const int LongestArguments = 1 << 20;

    public static bool IsPrepare(FunctionManifest function, TaskManifest manifest) =>
        function.Kind == FunctionKind.Prepare && manifest.Algorithm is { Kind: AlgorithmKind.Builtin, Name: SessionFunctions.Algorithm }
        && function.Name == SessionFunctions.Prepare;

    /// <summary>By label, the columns that the steps take; a label is absent where they take all.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Of(IReadOnlyList<DataRef> data, ReadOnlyMemory<byte> arguments) =>
        NeededColumns.Of(Read(arguments).Steps, Table(data));

    /// <exception cref="StepsRefused">They are not as they have to be.</exception>
    public static PrepareArguments Read(ReadOnlyMemory<byte> arguments)
    {
        if (arguments.Length > LongestArguments)
        {
            throw new StepsRefused($"The steps take more than {LongestArguments >> 10} KiB to write.");
        }

        PrepareArguments? read;
        try
        {
            read = JsonSerializer.Deserialize(arguments.Span, SessionsJson.Default.PrepareArguments);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw new StepsRefused($"The arguments of 'prepare' are not as docs/sessions.md describes them{(e is JsonException { Path: { } path } ? $", at {path}" : "")}:"
                + " a frame's name and a list of steps, each with its 'do'.");
        }

        return read is null ? throw new StepsRefused("The arguments of 'prepare' are null.")
            : !IsName(read.Frame) ? throw new StepsRefused("A frame's name has 1 to 64 letters, digits, '_', '-' or '.', and begins with a letter.")
            : read.Steps.Count > FramePlanner.MaxSteps ? throw new StepsRefused(
                $"{read.Steps.Count} steps, and a frame takes at most {FramePlanner.MaxSteps}. Prepare one frame of another.")
            : read;
    }

    /// <summary>What the steps begin with.</summary>
    public static string Table(IReadOnlyList<DataRef> data) => data switch
    {
        [var only] => only.Label,
        _ when data.Any(d => d.Label == SessionFunctions.MainLabel) => SessionFunctions.MainLabel,
        _ => throw new StepsRefused($"A task that prepares a frame names one source or frame, or labels one '{SessionFunctions.MainLabel}'."),
    };

    private static bool IsName(string text) => text.Length is >= 1 and <= 64 && char.IsAsciiLetter(text[0])
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.');
}
