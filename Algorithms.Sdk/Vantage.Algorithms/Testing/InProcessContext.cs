using Vantage.Algorithms.Functions;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Disclosure;

namespace Vantage.Algorithms.Testing;

/// <summary>Keeps in memory what a function does to the outside.</summary>
public sealed class InProcessContext(string site) : IFunctionContext
{
    private readonly Dictionary<string, byte[]> outputs = new(StringComparer.Ordinal);
    private readonly List<string> log = [];

    /// <inheritdoc/>
    public string Site => site;

    /// <inheritdoc/>
    public RunLimits Limits { get; init; } = new() { OutputBytes = 64 * 1024 * 1024, LogBytes = 1024 * 1024 };

    /// <inheritdoc/>
    public DisclosureRules Disclosure { get; init; } = DisclosureRules.Off;

    /// <summary>The last progress that the function told, 0 to 100.</summary>
    public int Percent { get; private set; }

    /// <summary>What the function logged, one text per call.</summary>
    public IReadOnlyList<string> Log => log;

    /// <summary>What the function wrote, by the name of the output.</summary>
    public IReadOnlyDictionary<string, byte[]> Outputs => outputs;

    /// <inheritdoc/>
    public ValueTask ReportProgressAsync(int percent, CancellationToken cancellationToken)
    {
        Percent = percent;
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask LogAsync(string text, CancellationToken cancellationToken)
    {
        log.Add(text);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task WriteOutputAsync(
        string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        _ = Gateway.Output(name);
        using var memory = new MemoryStream();
        await write(memory, cancellationToken);
        var others = outputs.Where(o => o.Key != name).Sum(o => (long)o.Value.Length);
        if (others + memory.Length > Limits.OutputBytes)
            throw RunFailures.OutputTooLarge(Limits);
        outputs[name] = memory.ToArray();
    }
}
