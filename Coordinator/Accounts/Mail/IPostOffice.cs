namespace Vantage.Coordinator.Accounts.Mail;

/// <summary>Where letters leave: an SMTP server, or a folder in development.</summary>
internal interface IPostOffice
{
    Task SendAsync(Letter letter, CancellationToken cancellationToken);
}
