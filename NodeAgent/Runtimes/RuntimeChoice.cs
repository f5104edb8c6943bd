namespace Vantage.NodeAgent.Runtimes;

/// <summary>Which code runs where: what ships with the node beside it, images in containers. Nothing runs anywhere else.</summary>
internal sealed class RuntimeChoice(IReadOnlyList<IRuntime> runtimes)
{
    public IRuntime For(RuntimeCode code) => runtimes.First(runtime => runtime.Runs(code));

    public async Task SweepAsync(string workRoot, CancellationToken cancellationToken)
    {
        foreach (var runtime in runtimes)
        {
            await runtime.SweepAsync(workRoot, cancellationToken);
        }
    }
}
