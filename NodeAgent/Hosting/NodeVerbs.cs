using Vantage.NodeAgent.Approvals.Desk;
using Vantage.NodeAgent.Audit.Showing;
using Vantage.NodeAgent.Checks;
using Vantage.NodeAgent.Data.Desk;
using Vantage.NodeAgent.Disclosure.Memory.Desk;
using Vantage.NodeAgent.Hosting.Commands;
using Vantage.NodeAgent.Hosting.Setup;
using Vantage.NodeAgent.Images.Importing;
using Vantage.NodeAgent.LocalConsole;
using Vantage.NodeAgent.Policy.Explaining;
using Vantage.NodeAgent.Policy.Presets;
using Vantage.NodeAgent.Rehearsals;
using Vantage.NodeAgent.Trust;
using Vantage.NodeAgent.Trust.Rotation;

namespace Vantage.NodeAgent.Hosting;

/// <summary>Everything this program can be told.</summary>
internal static class NodeVerbs
{
    public static IReadOnlyList<NodeVerb> All { get; } =
    [
        SetupVerb.Verb,
        RunVerb.Verb,
        CheckVerb.Verb,
        RotateVerb.Verb,
        ProtectVerb.Verb,
        InitVerb.Verb,
        ExplainVerb.Verb,
        RehearseVerb.Verb,
        ImportVerb.Verb,
        .. DataVerbs.All,
        .. ControlVerbs.All,
        .. ApprovalVerbs.All,
        .. MemoryVerbs.All,
        .. AuditVerbs.All,
    ];
}
