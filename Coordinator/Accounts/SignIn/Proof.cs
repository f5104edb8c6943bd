namespace Vantage.Coordinator.Accounts.SignIn;

/// <summary>What came of a name, a password and perhaps a code.</summary>
internal abstract record Proof
{
    private Proof()
    {
    }

    public sealed record Proved(KnownPerson Person, bool WithCode) : Proof;

    /// <summary>The password is right, and the account has a second factor.</summary>
    public sealed record CodeMissing : Proof;

    /// <summary>
    /// Nobody of that name, a wrong password or code, too many attempts, a disabled account or one whose address was never
    /// verified: nobody is told which.
    /// </summary>
    public sealed record Refused : Proof;
}
