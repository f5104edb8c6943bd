using Vantage.Coordinator.Payloads.Blobs;
using Vantage.Coordinator.Payloads.Uploads;

namespace Vantage.Coordinator.Payloads;

internal static class PayloadServices
{
    public static IServiceCollection AddPayloads(this IServiceCollection services, PayloadSettings settings, string data) => services
        .AddSingleton(settings)
        .AddSingleton<IBlobStore>(_ => new FolderBlobStore(Path.Combine(data, "payloads")))
        .AddSingleton<UploadHandler>()
        .AddHostedService<Retention>();

    public static void MapPayloads(this IEndpointRouteBuilder routes) => routes.MapUploads();
}
