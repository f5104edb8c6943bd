using Vantage.Protocol.Algorithms;

namespace Vantage.Algorithms.Functions;

/// <summary>A function that runs beside data.</summary>
public abstract class SiteFunction : Function
{
    private protected SiteFunction(string name, FunctionKind kind, string description, IReadOnlyList<string>? egress)
        : base(name, kind, description, egress)
    {
    }

    /// <summary>Reads the arguments, computes, and writes the outputs.</summary>
    /// <param name="context">The run.</param>
    /// <param name="arguments">JSON in UTF-8.</param>
    /// <param name="data">What the node allowed the run to see.</param>
    /// <param name="cancellationToken">Cancelled when the node stops the run.</param>
    /// <exception cref="RunFailedException">For reasons the asker should read.</exception>
    public abstract Task InvokeAsync(
        IFunctionContext context, ReadOnlyMemory<byte> arguments, FunctionData data, CancellationToken cancellationToken);
}
