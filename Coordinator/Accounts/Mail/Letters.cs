namespace Vantage.Coordinator.Accounts.Mail;

/// <summary>
/// What the Coordinator writes to people. Codes are for typing or copying; there is nothing to click, and so nothing that a
/// forged letter could be mistaken for.
/// </summary>
internal static class Letters
{
    public static Letter Invitation(string to, string name, string login, string code, string url) => new(to, "Your account", $"""
        Hello {name},

        an account was made for you at {url}. Set a password for it:

            vantage account accept --url {url} --code {code}

        Then sign in as {login}:

            vantage login --url {url} --user {login}

        The code is good for seven days, once.
        """);

    public static Letter Recovery(string to, string name, string code, string url) => new(to, "Set a new password", $"""
        Hello {name},

        somebody asked to recover your account at {url}. If it was you, set a new password:

            vantage account recover --url {url} --code {code}

        The code is good for one hour, once. If it was not you, do nothing: without the code nothing changes.
        """);

    public static Letter VerifyAddress(string to, string name, string code, string url) => new(to, "Verify your address", $"""
        Hello {name},

        this address was named for your account at {url}. If that is right:

            vantage account verify-email --url {url} --code {code}

        The code is good for one day, once. If it is not, do nothing: without the code nothing changes.
        """);

    public static Letter PasswordChanged(string to, string name) => new(to, "Your password was changed", $"""
        Hello {name},

        the password of your account was changed just now, and all its other sessions have ended. If it was not you, recover
        the account and tell an admin of your organization.
        """);

    public static Letter AddressChanged(string to, string name) => new(to, "Your address was changed", $"""
        Hello {name},

        your account has another e-mail address now. If it was not you, tell an admin of your organization.
        """);

    public static Letter SecondFactorChanged(string to, string name, string what) => new(to, "Your second factor was changed", $"""
        Hello {name},

        {what} If it was not you, change your password and tell an admin of your organization.
        """);
}
