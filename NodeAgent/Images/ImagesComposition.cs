using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Images.Importing;
using Vantage.NodeAgent.Images.Reviews;
using Vantage.NodeAgent.Trust;

namespace Vantage.NodeAgent.Images;

internal static class ImagesComposition
{
    /// <summary>Whether images may run: registries, signatures, revocations.</summary>
    public static IServiceCollection AddImages(this IServiceCollection services, NodeSettings settings) => services
        .AddSingleton(_ => new RegistryBook(settings.Registries, settings.Proxy?.ToWebProxy()))
        .AddSingleton<ImportedImages>()
        .AddSingleton<IImageStore, ImageShelf>()
        .AddSingleton<RevocationBoard>()
        .AddSingleton<KnownImages>()
        .AddSingleton<SidecarSerials>()
        .AddSingleton<ReviewMemory>()
        .AddSingleton<IReviewLine, CoordinatorReviews>()
        // Of pinned organizations, with their revocations: a charter lets partners ask, not decide what runs here.
        .AddSingleton(services => ActivatorUtilities.CreateInstance<ReviewDesk>(services, services.GetRequiredService<NodeTrust>().ForNewWork))
        .AddSingleton<ImageBook>();
}
