using System.Net;
using System.Net.Mail;
using System.Text;

namespace Vantage.Coordinator.Accounts.Mail;

/// <summary>
/// By the framework's own client, which also writes into a folder instead. A client serves one letter at a time, so each
/// letter has its own.
/// </summary>
internal sealed class SmtpPostOffice(MailSettings settings) : IPostOffice
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public async Task SendAsync(Letter letter, CancellationToken cancellationToken)
    {
        using var message = new MailMessage(settings.From, letter.To)
        {
            Subject = letter.Subject,
            Body = letter.Text,
            SubjectEncoding = Encoding.UTF8,
            BodyEncoding = Encoding.UTF8,
            IsBodyHtml = false,
        };
        using var client = settings.Folder is { } folder
            ? new SmtpClient { DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory, PickupDirectoryLocation = Path.GetFullPath(folder) }
            : new SmtpClient(settings.Host, settings.Port) { EnableSsl = settings.Tls, Credentials = Credentials() };
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        late.CancelAfter(Patience);
        await client.SendMailAsync(message, late.Token);
    }

    private NetworkCredential? Credentials() => settings is { User: { } user, PasswordFile: { } file }
        ? new NetworkCredential(user, File.ReadLines(file).FirstOrDefault()?.TrimEnd('\r'))
        : null;
}
