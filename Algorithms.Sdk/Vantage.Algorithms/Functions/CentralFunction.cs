using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Results;
using Vantage.Algorithms.Results.Charts;
using Vantage.Protocol.Algorithms;

namespace Vantage.Algorithms.Functions;

/// <summary>A function that runs away from data. The generic kind knows its types; this one speaks JSON.</summary>
public abstract class CentralFunction : Function
{
    private protected CentralFunction(string name, string description, IReadOnlyList<string>? egress)
        : base(name, FunctionKind.Central, description, egress)
    {
    }

    /// <summary>Reads the arguments, asks the sites, and answers the result as JSON.</summary>
    /// <exception cref="RunFailedException">For reasons the asker should read.</exception>
    public abstract Task<JsonElement> InvokeAsync(
        IFederation federation, ReadOnlyMemory<byte> arguments, CancellationToken cancellationToken);

    /// <summary>Whether results read as tables.</summary>
    public abstract bool HasTables { get; }

    /// <summary>The tables of a result that <see cref="InvokeAsync"/> gave; none where the type has no tables.</summary>
    public abstract IReadOnlyList<ResultTable> TablesOf(JsonElement result);

    /// <summary>Whether there is something to look at.</summary>
    public abstract bool HasChart { get; }

    /// <summary>The chart of a result that <see cref="InvokeAsync"/> gave; null where the type has none.</summary>
    public abstract Chart? ChartOf(JsonElement result);
}

/// <summary>Made by <see cref="Function.Central{TArgs,TResult}"/>.</summary>
public sealed class CentralFunction<TArgs, TResult> : CentralFunction
{
    private readonly Func<IFederation, TArgs, CancellationToken, Task<TResult>> body;

    internal CentralFunction(
        string name,
        string description,
        JsonTypeInfo<TArgs> arguments,
        JsonTypeInfo<TResult> result,
        Func<IFederation, TArgs, CancellationToken, Task<TResult>> body,
        IReadOnlyList<string>? egress)
        : base(name, description, egress)
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

    /// <summary>Asks the sites and answers the typed result.</summary>
    public Task<TResult> RunAsync(IFederation federation, TArgs arguments, CancellationToken cancellationToken)
    {
        if (arguments is IArguments withLaws)
            withLaws.Check();
        return body(federation, arguments, cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task<JsonElement> InvokeAsync(
        IFederation federation, ReadOnlyMemory<byte> arguments, CancellationToken cancellationToken)
    {
        var result = await body(federation, ArgumentsReader.Read(arguments, Arguments), cancellationToken);
        return JsonSerializer.SerializeToElement(result, Result);
    }

    /// <inheritdoc/>
    public override bool HasTables => typeof(ITabular).IsAssignableFrom(typeof(TResult));

    /// <inheritdoc/>
    public override IReadOnlyList<ResultTable> TablesOf(JsonElement result) =>
        result.Deserialize(Result) is ITabular tabular ? tabular.Tables() : [];

    /// <inheritdoc/>
    public override bool HasChart => typeof(IDrawable).IsAssignableFrom(typeof(TResult));

    /// <inheritdoc/>
    public override Chart? ChartOf(JsonElement result) => (result.Deserialize(Result) as IDrawable)?.Chart();
}
