using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Vantage.Coordinator.Access;
using Vantage.Coordinator.Access.Permissions;

namespace Vantage.Tests.Coordinator.Access;

/// <summary>What a start refuses: a route that somebody forgot to think about.</summary>
public sealed class RouteTableTests
{
    private sealed record NewPassword(string OldPassword, string Password);

    [Fact]
    public void ARouteThatDeclaresNothing_StopsTheStart()
    {
        var app = Empty();
        app.MapGet("/forgotten", () => "everything");

        var refused = Assert.Throws<InvalidOperationException>(() => app.RefuseUndeclared());

        Assert.Contains("GET /forgotten declares no access", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ARouteThatNeedsWhatNobodyCanHave_StopsTheStart()
    {
        var app = Empty();
        app.MapGet("/odd", () => "").Needs(Resource.Audit, Operation.Delete);

        Assert.Contains("audit.delete", Assert.Throws<InvalidOperationException>(() => app.RefuseUndeclared()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ARouteThatTakesASecretWithoutALimit_StopsTheStart()
    {
        var app = Empty();
        app.MapPost("/password", (NewPassword ask) => ask.Password).Needs(Resource.User, Operation.Edit);
        app.MapPost("/limited", (NewPassword ask) => ask.Password).Needs(Resource.User, Operation.Edit).LimitedAs(RouteLimit.Guesses);

        var refused = Assert.Throws<InvalidOperationException>(() => app.RefuseUndeclared());

        Assert.Contains("POST /password takes a secret", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("/limited", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheLastWord_IsTheRoutesOwn()
    {
        var app = Empty();
        app.MapGroup("/things").NeedsSignIn().MapGet("/health", () => "").OpenToStrangers(RouteLimit.Strangers);

        app.RefuseUndeclared();

        var route = ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).Single();
        Assert.IsType<RouteAccess.Open>(route.Metadata.GetMetadata<RouteAccess>());
    }

    [Fact]
    public void ARouteWithoutADeclaration_IsOpenToNobody() =>
        Assert.NotNull(RouteGate.Judge(null, new RouteEndpoint(_ => Task.CompletedTask, RoutePatternFactory.Parse("/x"), 0, null, null), null));

    private static WebApplication Empty() => WebApplication.CreateSlimBuilder().Build();
}
