using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Vantage.Coordinator.Access;
using Vantage.Coordinator.Hosting;
using Vantage.Protocol.Ids;
using Vantage.Tests.Coordinator.Hosting;

namespace Vantage.Tests.Advisories;

/// <summary>There, the old password could be tried out without end where it is changed.</summary>
public sealed class Ghsa_j6g5_p62x_58hw_EveryGuessIsLimitedTests(RunningCoordinator coordinator) : IClassFixture<RunningCoordinator>
{
    /// <summary>An open route can't be mapped without its limit, and what takes a secret can't be started without one.</summary>
    [Fact]
    public void EveryRouteThatTakesASecret_SaysHowItIsLimited()
    {
        var routes = coordinator.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToList();
        var secret = routes.Where(route => RouteTable.SecretOf(route) is not null).ToList();

        Assert.Contains(secret, route => route.RoutePattern.RawText == Vantage.Protocol.Api.Routes.NodeEnrolment);
        Assert.All(secret, route => Assert.True(
            route.Metadata.GetMetadata<RouteAccess>() is RouteAccess.Open || route.Metadata.GetMetadata<RouteLimitMetadata>() is not null,
            RouteTable.Name(route)));
        Assert.Empty(RouteTable.Check(routes));
    }

    [Fact]
    public void Guesses_RunOut_ByAddress()
    {
        using var limits = new RateLimits(new LimitSettings { GuessesPerMinute = 3 });

        Assert.Equal(3, Enumerable.Range(0, 50).Count(_ => limits.Of(From("192.0.2.1"), RouteLimit.Guesses) is null));
        Assert.Null(limits.Of(From("192.0.2.2"), RouteLimit.Guesses));
    }

    [Fact]
    public void Guesses_RunOut_ByAccount_FromWhateverAddressAndTokenTheyCome()
    {
        using var limits = new RateLimits(new LimitSettings { GuessesPerMinute = 3 });
        var user = UserId.New(TimeProvider.System);

        Assert.Equal(3, Enumerable.Range(0, 50).Count(_ => limits.Of(Known(user), RouteLimit.Guesses) is null));
        Assert.Null(limits.Of(Known(UserId.New(TimeProvider.System)), RouteLimit.Guesses));
    }

    private static UserCaller Known(UserId user) => new(user, "Ada", Vantage.Coordinator.Access.Permissions.DefaultRoles.Everyone,
        null, TokenId.New(TimeProvider.System), DateTimeOffset.MaxValue, new HashSet<CollaborationId>(), new HashSet<OrganizationId>());

    private static DefaultHttpContext From(string address)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse(address);
        return context;
    }
}
