using Vantage.Algorithms.Functions;
using Vantage.Protocol.Algorithms;

namespace Vantage.Algorithms.Testing;

/// <summary>Keeps in memory what a function does to the outside.</summary>
public sealed class InProcessContext(string site) : IFunctionContext
{
    private readonly Dictionary<string, byte[]> outputs = new(StringComparer.Ordinal);
    private readonly List<string> log = [];

    public string Site => site;

    public RunLimits Limits { get; init; } = new() { OutputBytes = 64 * 1024 * 1024, LogBytes = 1024 * 1024 };

    public int Percent { get; private set; }

    public IReadOnlyList<string> Log => log;

    public IReadOnlyDictionary<string, byte[]> Outputs => outputs;

    public ValueTask ReportProgressAsync(int percent, CancellationToken cancellationToken)
    {
        Percent = percent;
        return ValueTask.CompletedTask;
    }

    public ValueTask LogAsync(string text, CancellationToken cancellationToken)
    {
        log.Add(text);
        return ValueTask.CompletedTask;
    }

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
