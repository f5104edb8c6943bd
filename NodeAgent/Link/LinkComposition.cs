using System.Security.Cryptography;
using Vantage.NodeAgent.Link.SignIn;

namespace Vantage.NodeAgent.Link;

internal static class LinkComposition
{
    /// <summary>The one way out of the site.</summary>
    public static IServiceCollection AddLink(this IServiceCollection services) => services
        .AddSingleton<LinkHttp>()
        .AddSingleton<RestLine>()
        .AddSingleton<SessionKeeper>()
        .AddSingleton<AuthorizedRest>()
        .AddSingleton<Certifier>()
        .AddSingleton<LinkConnector>()
        .AddSingleton<LinkHealth>()
        .AddSingleton<LineHolder>()
        .AddSingleton<StatementNews>()
        .AddSingleton<LinkRetry>()
        .AddSingleton(_ => new Random(RandomNumberGenerator.GetInt32(int.MaxValue)))
        .AddHostedService<LinkLoop>();
}
