using Vantage.NodeAgent.Hosting;

namespace Vantage.NodeAgent.Images;

internal static class ImagesComposition
{
    /// <summary>Whether images may run: registries, signatures, revocations.</summary>
    public static IServiceCollection AddImages(this IServiceCollection services, NodeSettings settings) => services
        .AddSingleton<IImageStore>(_ => new RegistryBook(settings.Registries, settings.Proxy?.ToWebProxy()))
        .AddSingleton<RevocationBoard>()
        .AddSingleton<KnownImages>()
        .AddSingleton<SidecarSerials>()
        .AddSingleton<ImageBook>();
}
