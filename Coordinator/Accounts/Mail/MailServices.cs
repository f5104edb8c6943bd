namespace Vantage.Coordinator.Accounts.Mail;

internal static class MailServices
{
    public static IServiceCollection AddMail(this IServiceCollection services, MailSettings settings) => services
        .AddSingleton(settings)
        .AddSingleton<IPostOffice, SmtpPostOffice>()
        .AddSingleton<MailRoom>()
        .AddHostedService(provider => provider.GetRequiredService<MailRoom>());
}
