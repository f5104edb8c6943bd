using Vantage.NodeAgent.Hosting.Yaml;

namespace Vantage.NodeAgent.Runtimes.Warm;

/// <summary>The <c>warm:</c> of node.yaml: how much of the machine may stand ready. Whether any may is the policy's to say.</summary>
/// <param name="Workers">How many at once, those at work included.</param>
/// <param name="MemoryMiB">What they may use together.</param>
/// <param name="Idle">How long one stands ready without a call.</param>
internal sealed record WarmBounds(int Workers, int MemoryMiB, TimeSpan Idle)
{
    public static WarmBounds Default { get; } = new(4, 4096, TimeSpan.FromMinutes(2));

    /// <summary>One that has lived so long is used no more, however busy it is.</summary>
    public static TimeSpan Life { get; } = TimeSpan.FromHours(12);

    /// <summary>One that was at work so lately does not go for others.</summary>
    public static TimeSpan Rest { get; } = TimeSpan.FromSeconds(2);

    public static WarmBounds Read(YamlSection? section)
    {
        if (section is null)
        {
            return Default;
        }

        var bounds = new WarmBounds(
            section.Number("workers", Default.Workers, 0, 64),
            section.Number("memoryMiB", Default.MemoryMiB, 64, 16_777_216),
            TimeSpan.FromSeconds(section.Number("idleSeconds", (int)Default.Idle.TotalSeconds, 1, 86_400)));
        section.Done();
        return bounds;
    }
}
