using System.ComponentModel;

namespace Vantage.Protocol.Sessions;

/// <summary>Arguments of <see cref="SessionFunctions.Prepare"/>: which frame, and the way there.</summary>
/// <param name="Frame">What later tasks call it: 1 to 64 letters, digits, '_', '-' or '.', beginning with a letter.</param>
/// <param name="Steps">In their order; none for a copy. They begin with the task's data labelled <c>table</c>, or its only data.</param>
public sealed record PrepareArguments(
    [property: Description("What later tasks call the frame.")] string Frame,
    [property: Description("What is done with the data, in this order.")] IReadOnlyList<FrameStep> Steps);

/// <summary>Arguments of <see cref="SessionFunctions.List"/>. The session stands in the task itself.</summary>
/// <param name="Frame">This one only; null for all.</param>
public sealed record ListArguments(
    [property: Description("Say this frame only; leave out for all.")] string? Frame = null);

/// <summary>Arguments of <see cref="SessionFunctions.End"/>.</summary>
/// <param name="Frame">This one only; null for the whole session.</param>
public sealed record EndArguments(
    [property: Description("Delete this frame only; leave out for the whole session.")] string? Frame = null);
