using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Disclosure;

namespace Vantage.Algorithms.Functions;

/// <summary>What a running function may do besides reading its arguments and data.</summary>
public interface IFunctionContext
{
    /// <summary>The name of the organization beside whose data the function runs.</summary>
    string Site { get; }

    /// <summary>What the node lets this run use; each property states its unit.</summary>
    RunLimits Limits { get; }

    /// <summary>
    /// What the node lets leave. A function that holds back by itself what the rules forbid leaves the rest of use; an output that
    /// breaks them is refused by the node.
    /// </summary>
    DisclosureRules Disclosure { get; }

    /// <summary>Tells how far the run is. Anyone may see the number: it must not depend on values in the data.</summary>
    /// <param name="percent">0 to 100.</param>
    ValueTask ReportProgressAsync(int percent, CancellationToken cancellationToken);

    /// <summary>Adds to the run's log, which the node seals for those who may read it.</summary>
    ValueTask LogAsync(string text, CancellationToken cancellationToken);

    /// <summary>
    /// Streams an output of any size. When <paramref name="write"/> throws, nothing of this output remains.
    /// </summary>
    /// <param name="name">See <see cref="Gateway.IsOutputName"/>; <see cref="Gateway.ResultName"/> is the result.</param>
    /// <param name="write">Writes the bytes; the stream is neither seekable nor to be kept.</param>
    /// <exception cref="RunFailedException">The run's outputs exceed <see cref="RunLimits.OutputBytes"/>.</exception>
    Task WriteOutputAsync(
        string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken);
}
