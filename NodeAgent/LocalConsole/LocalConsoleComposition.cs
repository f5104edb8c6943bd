using Vantage.NodeAgent.Disclosure.Memory.Desk;

namespace Vantage.NodeAgent.LocalConsole;

internal static class LocalConsoleComposition
{
    /// <summary>How the admin of this machine speaks to the running node.</summary>
    public static IServiceCollection AddLocalConsole(this IServiceCollection services) => services
        .AddSingleton<NodeDial.Self>()
        .AddSingleton<NodeDial>()
        .AddSingleton<MemoryDesk>()
        .AddSingleton<ControlDesk>()
        .AddHostedService<ControlServer>();
}
