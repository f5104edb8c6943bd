using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Vantage.Protocol.Algorithms;

namespace Vantage.Algorithms.Functions;

/// <summary>Writes bytes of any size beside the data. Made by <see cref="Function.Stream{TArgs}"/>.</summary>
public sealed class StreamFunction<TArgs> : SiteFunction
{
    private readonly Func<IFunctionContext, TArgs, FunctionData, CancellationToken, Task> body;

    internal StreamFunction(
        string name,
        string description,
        JsonTypeInfo<TArgs> arguments,
        Func<IFunctionContext, TArgs, FunctionData, CancellationToken, Task> body,
        IReadOnlyList<string>? egress)
        : base(name, FunctionKind.Partial, description, egress)
    {
        Arguments = arguments;
        this.body = body;
    }

    /// <summary>Source-generated JSON of the arguments.</summary>
    public JsonTypeInfo<TArgs> Arguments { get; }

    internal override JsonTypeInfo ArgumentsType => Arguments;

    /// <inheritdoc/>
    public override JsonElement ArgumentsSchema => JsonSchemas.Of(Arguments);

    /// <inheritdoc/>
    public override JsonElement? ResultSchema => null;

    /// <inheritdoc/>
    public override Task InvokeAsync(
        IFunctionContext context, ReadOnlyMemory<byte> arguments, FunctionData data, CancellationToken cancellationToken) =>
        body(context, ArgumentsReader.Read(arguments, Arguments), data, cancellationToken);
}
