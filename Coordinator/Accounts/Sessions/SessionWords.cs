using Vantage.Protocol.Api;

namespace Vantage.Coordinator.Accounts.Sessions;

/// <summary>Methods and forms as the database spells them.</summary>
internal static class SessionWords
{
    public static string Of(SignInMethod method) => method switch
    {
        SignInMethod.Password => "password",
        SignInMethod.PasswordAndCode => "password-and-code",
        SignInMethod.Passkey => "passkey",
        SignInMethod.SingleSignOn => "single-sign-on",
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, "Not a way to sign in."),
    };

    public static string Of(SessionForm form) => form == SessionForm.Cookie ? "cookie" : "bearer";

    public static SignInMethod Method(string word) => Enum.GetValues<SignInMethod>().Single(method => Of(method) == word);
}
