using System.Text.Json;
using System.Text.Json.Serialization;
using Vantage.Protocol.Json;

namespace Vantage.Protocol.Calls;

/// <summary>The result of a task of several calls: how each of them ended, in their order.</summary>
/// <param name="V">The version of this record.</param>
/// <param name="Calls">As many as were asked.</param>
public sealed record CallAnswers(int V, IReadOnlyList<CallAnswer> Calls)
{
    public const int CurrentVersion = 1;
}

/// <summary>How one call ended: by itself, whatever became of the others.</summary>
public sealed record CallAnswer
{
    public required CallEnd End { get; init; }

    /// <summary>What the function gave, after disclosure control. Only of a call that succeeded.</summary>
    public JsonElement? Result { get; init; }

    /// <summary>One of <see cref="Errors.RunCodes"/>; absent of a call that succeeded.</summary>
    public string? Code { get; init; }

    /// <summary>Why, for a person.</summary>
    public string? Message { get; init; }

    /// <summary>Of the policy, if it was a rule that refused.</summary>
    public string? Rule { get; init; }

    /// <summary>The algorithm's own words, where the site releases them.</summary>
    public string? Detail { get; init; }

    /// <summary>How many values of this call's result were held back; absent for none.</summary>
    public int? HeldBack { get; init; }
}

[JsonConverter(typeof(ExactEnumJsonConverter<CallEnd>))]
public enum CallEnd
{
    Succeeded,

    /// <summary>The function, its arguments or its data are wrong.</summary>
    Failed,

    /// <summary>The site does not allow it.</summary>
    Refused,

    /// <summary>Not among others: a person has to be asked first, or its code does one call only. As a task of its own it is judged anew.</summary>
    Alone,
}
