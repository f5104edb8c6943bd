using Vantage.NodeAgent.Hosting.Commands;
using Vantage.Protocol.Errors;

namespace Vantage.NodeAgent.Checks;

/// <summary><c>check</c>: looks at everything a node needs, in the order in which one thing needs the other.</summary>
internal static class CheckVerb
{
    public static NodeVerb Verb { get; } = new("check", "See whether everything the node needs is in order. Changes nothing.",
        [], async (call, cancellationToken) =>
        {
            var report = CheckReport.Of(await NodeChecks.RunAsync(call.Home, TimeProvider.System, cancellationToken));
            call.Answer(report, VerbJson.Default.CheckReport, report.Write);
            return report.Passed ? ExitCodes.Ok : ExitCodes.Failed;
        });
}
