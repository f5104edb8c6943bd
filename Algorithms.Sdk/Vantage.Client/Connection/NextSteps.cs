using Vantage.Protocol.Errors;

namespace Vantage.Client.Connection;

/// <summary>
/// What a person at this end can do about a refusal of the Coordinator, where its own words can't know.
/// </summary>
internal static class NextSteps
{
    public static string? For(string code) => code switch
    {
        ErrorCodes.Unauthenticated =>
            "Log in with a token of this Coordinator: vantage login --url URL --token-file FILE (or with a password: --user NAME).",
        ErrorCodes.TokenExpired =>
            "Sign in again (vantage login --user NAME), or ask your organization's admin for a new token and log in with that.",
        ErrorCodes.ConfirmationNeeded => "Confirm (vantage account confirm), then do it again.",
        ErrorCodes.CodeNeeded => "Add --code CODE.",
        ErrorCodes.Forbidden => "Who you are here, and your roles, are shown by: vantage user show.",
        ErrorCodes.RootMissing => "The organization's admin publishes it: vantage keys init.",
        ErrorCodes.NodeNotCertified => "The organization's admin certifies it: vantage keys certify --node.",
        ErrorCodes.TooManyRequests => "Wait a moment, then try again.",
        _ => null,
    };
}
