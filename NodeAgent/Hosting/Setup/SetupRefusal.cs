using Vantage.NodeAgent.Link.Faults;
using Vantage.Protocol.Errors;

namespace Vantage.NodeAgent.Hosting.Setup;

/// <summary>What a failed enrolment means to the person who sits before it.</summary>
internal static class SetupRefusal
{
    public static CommandFailure Of(Exception e, NodeSettings settings) => e switch
    {
        CommandFailure failure => failure,
        CoordinatorRefusal { Code: ErrorCodes.EnrolmentCodeInvalid } => new(ExitCodes.NotAllowed,
            "The Coordinator does not know this enrolment code, or it was used for other keys. Compare it with what your admin sent; "
            + "a code works once: if it was used, ask for a new one ('vantage node invite').", e),
        CoordinatorRefusal { Code: ErrorCodes.EnrolmentCodeExpired } => new(ExitCodes.NotAllowed,
            "This enrolment code has expired. Ask your organization's admin for a new one ('vantage node invite') and run setup again.", e),
        CoordinatorRefusal { IsProblem: true } refusal => new(ExitCodes.NotAllowed, $"The Coordinator refused ({refusal.Code}): {refusal.Message}", e),
        _ => Unreachable(e, settings),
    };

    private static CommandFailure Unreachable(Exception e, NodeSettings settings)
    {
        var fault = LinkLadder.Explain(e, settings.Coordinator, settings.Proxy?.Url);
        return new CommandFailure(ExitCodes.Unreachable, fault.Message + " What was made so far stays; run setup again.", e);
    }
}
