using Vantage.NodeAgent.Trust;

namespace Vantage.NodeAgent.Subtasks;

internal static class SubtasksComposition
{
    /// <summary>What central functions ask of other nodes. Needs link and trust.</summary>
    public static IServiceCollection AddSubtasks(this IServiceCollection services) => services
        .AddSingleton<SubtaskLine>()
        .AddSingleton<SubtaskKeys>()
        .AddSingleton(provider => new SiteAnswerReader(provider.GetRequiredService<SubtaskLine>(),
            provider.GetRequiredService<TrustBoard>(), provider.GetRequiredService<SelfHolder>(), provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<SubtaskDesk.Means>();
}
