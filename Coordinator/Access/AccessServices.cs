namespace Vantage.Coordinator.Access;

internal static class AccessServices
{
    public static IServiceCollection AddAccess(this IServiceCollection services) => services
        .AddSingleton<Credentials>()
        .AddSingleton<OpenStreams>()
        .AddHostedService(provider => provider.GetRequiredService<OpenStreams>());

    public static IApplicationBuilder UseAccess(this IApplicationBuilder app) => app.UseMiddleware<AccessMiddleware>();
}
