namespace Vantage.Coordinator.Persistence;

internal static class PersistenceServices
{
    /// <param name="services">The host's.</param>
    /// <param name="settings">Where state is kept.</param>
    /// <param name="database">Asked when first needed; it starts while the host is being built.</param>
    public static IServiceCollection AddPersistence(this IServiceCollection services, PersistenceSettings settings, Func<Database> database) =>
        services.AddSingleton(settings).AddSingleton(_ => database()).AddSingleton<CoordinatorSecrets>();
}
