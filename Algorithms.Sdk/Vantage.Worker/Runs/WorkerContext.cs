using Vantage.Algorithms.Functions;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Disclosure;
using Vantage.Worker.Gateways;

namespace Vantage.Worker.Runs;

/// <summary>What a function does to the outside goes to the Gateway.</summary>
internal sealed class WorkerContext(RunFile file, GatewayClient gateway) : IFunctionContext
{
    private readonly Dictionary<string, long> sizes = new(StringComparer.Ordinal);
    private int percent = -1;

    public string Site => file.Site ?? "this site";

    public RunLimits Limits => file.Limits;

    public DisclosureRules Disclosure => file.Disclosure ?? DisclosureRules.Off;

    public bool HasResult => sizes.ContainsKey(Gateway.ResultName);

    public async ValueTask ReportProgressAsync(int percent, CancellationToken cancellationToken)
    {
        percent = Math.Clamp(percent, 0, 100);
        if (Interlocked.Exchange(ref this.percent, percent) != percent)
            await gateway.ReportProgressAsync(percent, cancellationToken);
    }

    public async ValueTask LogAsync(string text, CancellationToken cancellationToken) =>
        await gateway.LogAsync(text, cancellationToken);

    public async Task WriteOutputAsync(
        string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        var room = Limits.OutputBytes - sizes.Where(o => o.Key != name).Sum(o => o.Value);
        var size = 0L;
        await gateway.PutOutputAsync(
            name,
            async (body, ct) =>
            {
                var capped = new OutputStream(body, room, Limits);
                await write(capped, ct);
                size = capped.Written;
            },
            Limits,
            cancellationToken);
        sizes[name] = size;
    }
}
