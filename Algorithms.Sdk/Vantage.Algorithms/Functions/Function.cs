using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Vantage.Algorithms.Federations;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Errors;

namespace Vantage.Algorithms.Functions;

/// <summary>One thing an algorithm can be asked to do. Made by the factories below.</summary>
public abstract class Function
{
    private protected Function(string name, FunctionKind kind, string description, IReadOnlyList<string>? egress)
    {
        if (!IsName(name))
        {
            throw new ArgumentException(
                $"'{name}' is not a function's name: a-z, 0-9 and '-', a letter first.", nameof(name));
        }

        if (egress?.FirstOrDefault(place => !IsName(place)) is { } odd)
        {
            throw new ArgumentException(
                $"'{odd}' is not a place's name: a-z, 0-9 and '-', a letter first. Its host and port are each site's to say.", nameof(egress));
        }

        (Name, Kind, Description, Egress) = (name, kind, description, egress ?? []);
    }

    /// <summary>How tasks and policies call it: a-z, 0-9 and '-'.</summary>
    public string Name { get; }

    /// <summary>Whether it runs beside data or away from it.</summary>
    public FunctionKind Kind { get; }

    /// <summary>One sentence for people who choose what to run or allow.</summary>
    public string Description { get; }

    /// <summary>
    /// Places outside that it has to reach, by names that each site's policy gives a host and port; empty for none. It
    /// reaches them by the proxy that <c>HTTP_PROXY</c> and <c>HTTPS_PROXY</c> name, which .NET's own clients do.
    /// </summary>
    public IReadOnlyList<string> Egress { get; }

    /// <summary>Whether the function is given a table.</summary>
    public bool NeedsData => Kind != FunctionKind.Central;

    /// <summary>JSON Schema of the arguments.</summary>
    public abstract JsonElement ArgumentsSchema { get; }

    /// <summary>JSON Schema of the result; null when the result is a stream of bytes.</summary>
    public abstract JsonElement? ResultSchema { get; }

    internal abstract JsonTypeInfo ArgumentsType { get; }

    /// <summary>A function beside the data whose result is one JSON value.</summary>
    /// <param name="name">How tasks and policies call it: a-z, 0-9 and '-'.</param>
    /// <param name="description">One sentence for people who choose what to run or allow.</param>
    /// <param name="arguments">Source-generated JSON of the arguments.</param>
    /// <param name="result">Source-generated JSON of the result.</param>
    /// <param name="body">Computes the result.</param>
    /// <param name="egress">Names of <see cref="Egress"/>. A site that does not grant all of them refuses the run.</param>
    public static PartialFunction<TArgs, TResult> Partial<TArgs, TResult>(
        string name,
        string description,
        JsonTypeInfo<TArgs> arguments,
        JsonTypeInfo<TResult> result,
        Func<IFunctionContext, TArgs, FunctionData, CancellationToken, Task<TResult>> body,
        IReadOnlyList<string>? egress = null) =>
        new(name, description, arguments, result, body, egress);

    /// <summary>
    /// A function that nodes do themselves, such as keeping a frame: this one is its face in catalogues and policies, and a
    /// worker that is asked for it refuses.
    /// </summary>
    internal static PartialFunction<TArgs, TResult> ByNode<TArgs, TResult>(
        string name, string description, JsonTypeInfo<TArgs> arguments, JsonTypeInfo<TResult> result) =>
        new(name, description, arguments, result, (_, _, _, _) => throw new RunFailedException(
            RunCodes.AlgorithmUnknown, $"'{name}' is done by the node itself, and not by a program."), null, FunctionKind.Prepare);

    /// <summary>A function beside the data that writes its result as a stream of bytes.</summary>
    /// <param name="name">How tasks and policies call it: a-z, 0-9 and '-'.</param>
    /// <param name="description">One sentence for people who choose what to run or allow.</param>
    /// <param name="arguments">Source-generated JSON of the arguments.</param>
    /// <param name="body">
    /// Writes at least the output <see cref="Gateway.ResultName"/> with <see cref="IFunctionContext.WriteOutputAsync"/>.
    /// </param>
    /// <param name="egress">Names of <see cref="Egress"/>. A site that does not grant all of them refuses the run.</param>
    public static StreamFunction<TArgs> Stream<TArgs>(
        string name,
        string description,
        JsonTypeInfo<TArgs> arguments,
        Func<IFunctionContext, TArgs, FunctionData, CancellationToken, Task> body,
        IReadOnlyList<string>? egress = null) =>
        new(name, description, arguments, body, egress);

    /// <summary>A function that asks others and puts their results together; it sees no data.</summary>
    /// <param name="name">How tasks and policies call it: a-z, 0-9 and '-'.</param>
    /// <param name="description">One sentence for people who choose what to run or allow.</param>
    /// <param name="arguments">Source-generated JSON of the arguments.</param>
    /// <param name="result">Source-generated JSON of the result.</param>
    /// <param name="body">Computes the result from what the sites answer.</param>
    /// <param name="egress">Names of <see cref="Egress"/>. A site that does not grant all of them refuses the run.</param>
    public static CentralFunction<TArgs, TResult> Central<TArgs, TResult>(
        string name,
        string description,
        JsonTypeInfo<TArgs> arguments,
        JsonTypeInfo<TResult> result,
        Func<IFederation, TArgs, CancellationToken, Task<TResult>> body,
        IReadOnlyList<string>? egress = null) =>
        new(name, description, arguments, result, body, egress);

    internal FunctionManifest Manifest() => new()
    {
        Name = Name,
        Kind = Kind,
        Description = Description,
        Arguments = ArgumentsSchema,
        Result = ResultSchema,
        Data = NeedsData
            ? [new DataNeed("table", "The rows to compute over.", ColumnNamesAttribute.In(ArgumentsType))]
            : [],
        Egress = Egress is [] ? null : Egress,
    };

    internal static bool IsName(string name) =>
        name is { Length: > 0 and <= 64 } && char.IsAsciiLetterLower(name[0])
        && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
