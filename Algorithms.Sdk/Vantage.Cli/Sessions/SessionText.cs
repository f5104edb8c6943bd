using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Vantage.Algorithms.Results;
using Vantage.Cli.Printing;
using Vantage.Protocol.Sessions;

namespace Vantage.Cli.Sessions;

/// <summary>What a site answers about frames, as tables for people: none of an answer that is not understood, which is shown as it stands.</summary>
internal static class SessionText
{
    private const int ShownOfDigest = 19;

    /// <summary>Of <c>prepare</c>: the frame, and its columns.</summary>
    public static IReadOnlyList<ResultTable> OfFrame(JsonElement answer) =>
        Read(answer, SessionsJson.Default.FrameReport) is { } frame ? Frame(frame) : [];

    /// <summary>Of <c>list</c>: a line for each frame.</summary>
    public static IReadOnlyList<ResultTable> OfList(JsonElement answer) => Read(answer, SessionsJson.Default.SessionReport)?.Frames switch
    {
        null => [],
        [] => Line("frames", "none"),
        var frames => [new("frames", ["frame", "columns", "rows", "version", "prepared", "kept until"], [.. frames.Select(frame => (IReadOnlyList<object?>)
            [frame.Frame, (long)frame.Columns.Count, frame.Rows, $"{frame.Version}"[..ShownOfDigest], Details.Time(frame.PreparedAt), Details.Time(frame.KeptUntil)])])],
    };

    /// <summary>Of <c>show</c>: the one frame and its columns, or that there is none.</summary>
    public static IReadOnlyList<ResultTable> OfShown(JsonElement answer) =>
        Read(answer, SessionsJson.Default.SessionReport)?.Frames is [var only] ? Frame(only) : OfList(answer);

    /// <summary>Of <c>end</c>: what is gone.</summary>
    public static IReadOnlyList<ResultTable> OfEnd(JsonElement answer) => Read(answer, SessionsJson.Default.SessionEnded)?.Deleted is { } names
        ? Line("deleted", names.Count > 0 ? string.Join(", ", names) : "none") : [];

    private static T? Read<T>(JsonElement answer, JsonTypeInfo<T> type) where T : class
    {
        try
        {
            return answer.Deserialize(type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IReadOnlyList<ResultTable> Line(string name, string value) => [new(name, ["name", "value"], [[name, value]])];

    private static IReadOnlyList<ResultTable> Frame(FrameReport frame) =>
    [
        new("frame", ["name", "value"],
        [
            ["frame", frame.Frame],
            ["rows", frame.Rows?.ToString(CultureInfo.InvariantCulture) ?? "not told"],
            ["prepared", $"{Details.Time(frame.PreparedAt)}{(frame.Cached ? ", found again: nothing was computed" : "")}"],
            ["kept until", $"{Details.Time(frame.KeptUntil)}, if nobody uses it before"],
            ["version", $"{frame.Version}"],
            ["recipe", $"{frame.Recipe}"],
        ]),
        new("columns", ["column", "type"], [.. frame.Columns.Select(column => (IReadOnlyList<object?>)[column.Name, $"{column.Type}".ToLowerInvariant()])]),
    ];
}
