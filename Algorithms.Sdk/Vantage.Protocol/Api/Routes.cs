namespace Vantage.Protocol.Api;

/// <summary>The REST surface, version 1. <c>docs/protocol.md</c> says what each route takes and gives.</summary>
public static class Routes
{
    public const string Base = "/api/v1";
    public const string Me = Base + "/me";
    public const string Account = Base + "/account";
    public const string AccountSessions = Account + "/sessions";
    public const string SignOut = Account + "/sign-out";
    public const string AccountConfirmation = Account + "/confirmation";
    public const string AccountPassword = Account + "/password";
    public const string AccountTotp = Account + "/totp";
    public const string AccountRecoveryCodes = Account + "/recovery-codes";
    public const string AccountPasskeys = Account + "/passkeys";
    public const string AccountEmail = Account + "/email";
    public const string SignIn = Base + "/sign-in";
    public const string SignInPasskey = SignIn + "/passkey";
    public const string SignInInvitation = SignIn + "/invitation";
    public const string SignInRecovery = SignIn + "/recovery";
    public const string SignInRecoveryPassword = SignInRecovery + "/password";
    public const string SignInEmail = SignIn + "/email";
    public const string Organizations = Base + "/organizations";
    public const string Revocations = Base + "/revocations";
    public const string Grants = Base + "/grants";
    public const string ServiceAccounts = Base + "/service-accounts";
    public const string SignOn = Base + "/sign-on";
    public const string Users = Base + "/users";
    public const string Roles = Base + "/roles";
    public const string Rules = Base + "/rules";
    public const string Tokens = Base + "/tokens";
    public const string Collaborations = Base + "/collaborations";
    public const string Nodes = Base + "/nodes";
    public const string NodeKeys = Base + "/node-keys";
    public const string NodeEnrolment = Base + "/node-enrolment";
    public const string NodeSignInChallenge = Base + "/node-sign-in/challenge";
    public const string NodeSignIn = Base + "/node-sign-in";
    public const string Tasks = Base + "/tasks";
    public const string Runs = Base + "/runs";
    public const string Uploads = Base + "/uploads";
    public const string Events = Base + "/events";
    public const string Audit = Base + "/audit";
    public const string Algorithms = Base + "/algorithms";
    public const string OpenApi = Base + "/openapi.json";
    public const string HealthLive = "/health/live";
    public const string HealthReady = "/health/ready";
}
