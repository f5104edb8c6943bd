using Vantage.NodeAgent.Approvals.Desk;
using Vantage.NodeAgent.Approvals.Holding;
using Vantage.NodeAgent.Runs.Working;

namespace Vantage.NodeAgent.Approvals;

internal static class ApprovalsComposition
{
    /// <summary>Runs that wait for a person of the site, and how that person answers.</summary>
    public static IServiceCollection AddApprovals(this IServiceCollection services) => services
        .AddSingleton<ApprovalVault>()
        .AddSingleton<ApprovalKeeper>()
        .AddSingleton<ApprovalNames>()
        .AddSingleton<ApprovalDesk>()
        .AddSingleton<IRunWorker, AnsweredWorker>();
}
