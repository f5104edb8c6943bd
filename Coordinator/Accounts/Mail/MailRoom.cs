using System.Threading.Channels;
using Vantage.Coordinator.Accounts.Recovery;

namespace Vantage.Coordinator.Accounts.Mail;

/// <summary>
/// Letters leave after the answer has gone, so that an answer's time tells nobody whether one was written. What waits is kept
/// in memory only: a letter lost with the process is asked for again.
/// </summary>
internal sealed partial class MailRoom(MailSettings settings, IPostOffice office, RecoveryLetters recovery, ILogger<MailRoom> log)
    : BackgroundService
{
    private const int MostWaiting = 1000;
    private readonly Channel<Func<CancellationToken, Task<Letter?>>> waiting =
        Channel.CreateBounded<Func<CancellationToken, Task<Letter?>>>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropWrite });

    public bool IsOn => settings.Host is not null || settings.Folder is not null;

    /// <summary>Writes to the account of that name, if there is one to which a letter is due.</summary>
    public void Recover(string login) => waiting.Writer.TryWrite(cancellationToken => recovery.WriteAsync(login, cancellationToken));

    public void Send(Letter letter)
    {
        if (IsOn)
            waiting.Writer.TryWrite(_ => Task.FromResult<Letter?>(letter));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var errand in waiting.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                if (await errand(stoppingToken) is { } letter)
                    await office.SendAsync(letter, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Failed(log, e);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "A letter could not be sent; see accounts.mail in the settings. It is not tried again")]
    private static partial void Failed(ILogger log, Exception e);
}
