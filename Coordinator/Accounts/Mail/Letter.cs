namespace Vantage.Coordinator.Accounts.Mail;

/// <summary>A mail to one person, plain text.</summary>
internal sealed record Letter(string To, string Subject, string Text)
{
    /// <summary>It may hold a code.</summary>
    public override string ToString() => $"a letter '{Subject}'";
}
