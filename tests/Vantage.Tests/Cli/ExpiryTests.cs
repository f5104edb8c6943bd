using Vantage.Protocol.Errors;
using Vantage.Tests.Coordinator.Hosting;

namespace Vantage.Tests.Cli;

/// <summary>What has run out says so, and says who gives a new one.</summary>
public sealed class ExpiryTests(RunningCoordinator coordinator) : IClassFixture<RunningCoordinator>, IDisposable
{
    private readonly Desk desk = new(coordinator);

    public void Dispose() => desk.Dispose();

    [Fact]
    public async Task AnExpiredToken_IsNamedAsThat_WithTheWayToANewOne()
    {
        await desk.AdminLogsInAsync();
        await desk.FoundAsync("north");

        await using (var expire = coordinator.Superuser.CreateCommand(
            "UPDATE api_token SET expires_at = now() - interval '1 day'"))
        {
            await expire.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var refused = await desk.UntilAsync(run => run.ExitCode != 0, "north", "org", "list");
        Assert.Equal(ExitCodes.NotAllowed, refused.ExitCode);
        Assert.Contains("code: token-expired", refused.Error, StringComparison.Ordinal);
        Assert.Contains("vantage login --user", refused.Error, StringComparison.Ordinal);
    }
}
