using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Vantage.Tests.Architecture;
using Vantage.Tests.Coordinator.Hosting;

namespace Vantage.Tests.Coordinator.Access.Permissions;

public sealed class PermissionsDocumentTests(RunningCoordinator coordinator) : IClassFixture<RunningCoordinator>
{
    [Fact]
    public async Task ThePage_SaysWhatRolesGive_AndWhatRoutesAsk()
    {
        var page = Checkout.PathOf("docs/permissions.md");
        var printed = PermissionsDocument.Print(coordinator.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>());
        if (Environment.GetEnvironmentVariable("VANTAGE_PRINT_DOCS") == "1")
        {
            await File.WriteAllTextAsync(page, printed, TestContext.Current.CancellationToken);
        }

        Assert.Equal(printed, await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken));
    }
}
