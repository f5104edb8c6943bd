using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Vantage.Protocol.Algorithms;

namespace Vantage.Algorithms.Functions;

/// <summary>Computes one JSON value beside the data. Made by <see cref="Function.Partial{TArgs,TResult}"/>.</summary>
public sealed class PartialFunction<TArgs, TResult> : SiteFunction
{
    private readonly Func<IFunctionContext, TArgs, FunctionData, CancellationToken, Task<TResult>> body;

    internal PartialFunction(
        string name,
        string description,
        JsonTypeInfo<TArgs> arguments,
        JsonTypeInfo<TResult> result,
        Func<IFunctionContext, TArgs, FunctionData, CancellationToken, Task<TResult>> body,
        IReadOnlyList<string>? egress,
        FunctionKind kind = FunctionKind.Partial)
        : base(name, kind, description, egress)
    {
        Arguments = arguments;
        Result = result;
        this.body = body;
    }

    /// <summary>Source-generated JSON of the arguments.</summary>
    public JsonTypeInfo<TArgs> Arguments { get; }

    /// <summary>Source-generated JSON of the result.</summary>
    public JsonTypeInfo<TResult> Result { get; }

    internal override JsonTypeInfo ArgumentsType => Arguments;

    /// <inheritdoc/>
    public override JsonElement ArgumentsSchema => JsonSchemas.Of(Arguments);

    /// <inheritdoc/>
    public override JsonElement? ResultSchema => JsonSchemas.Of(Result);

    /// <inheritdoc/>
    public override async Task InvokeAsync(
        IFunctionContext context, ReadOnlyMemory<byte> arguments, FunctionData data, CancellationToken cancellationToken)
    {
        var typed = ArgumentsReader.Read(arguments, Arguments);
        var result = await body(context, typed, data, cancellationToken);
        await context.WriteOutputAsync(
            Gateway.ResultName,
            (stream, ct) => JsonSerializer.SerializeAsync(stream, result, Result, ct),
            cancellationToken);
    }
}
