namespace Vantage.NodeAgent.Data;

internal static class DataComposition
{
    /// <summary>The sources of this node.</summary>
    public static IServiceCollection AddData(this IServiceCollection services, IReadOnlyList<SourceSettings> sources, string site) =>
        services.AddSingleton(SourceBook.Of(sources, site))
        .AddSingleton<KnownContents>();
}
