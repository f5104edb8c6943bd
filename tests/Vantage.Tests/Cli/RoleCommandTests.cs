using Vantage.Protocol.Errors;
using Vantage.Tests.Coordinator.Hosting;

namespace Vantage.Tests.Cli;

/// <summary><c>vantage role</c>, and giving roles to people.</summary>
public sealed class RoleCommandTests(RunningCoordinator coordinator) : IClassFixture<RunningCoordinator>, IDisposable
{
    private readonly Desk desk = new(coordinator);

    public void Dispose() => desk.Dispose();

    [Fact]
    public async Task ARoleOfOnesOwn_IsMadeGivenChangedAndTakenAway()
    {
        await desk.AdminLogsInAsync();
        var north = await desk.FoundAsync("north");
        var ada = await desk.HireAsync("ada", north, "viewer");

        var role = await desk.TypeAsync("north", "role", "create", "helpdesk", "--rule", "user.view@organization", "--rule", "token.view@organization",
            "--description", "Answers the telephone");
        await desk.TypeAsync("north", "user", "roles", ada, "viewer", "helpdesk");
        var given = await desk.AskAsync("north", "user", "show", ada);
        await desk.TypeAsync("north", "role", "edit", "helpdesk", "--rule", "user.view@organization");
        var edited = await desk.AskAsync("north", "role", "show", role);
        var held = await desk.RunAsync("north", "role", "delete", "helpdesk");
        await desk.TypeAsync("north", "user", "roles", ada, "viewer");
        await desk.TypeAsync("north", "role", "delete", "helpdesk");

        Assert.Equal(["viewer", role], given.GetProperty("roles").EnumerateArray().Select(held => held.GetString()!));
        Assert.Equal(["user.view@organization"], edited.GetProperty("rules").EnumerateArray().Select(rule => rule.GetString()!));
        Assert.Equal("Answers the telephone", edited.GetProperty("description").GetString());
        Assert.Equal(ExitCodes.Conflict, held.ExitCode);
        Assert.Equal(ExitCodes.NotFound, (await desk.RunAsync("north", "role", "show", "helpdesk")).ExitCode);
        Assert.DoesNotContain(role, (await desk.RunAsync("north", "role", "list")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatEveryCoordinatorKnows_NobodyChanges_AndNobodyGivesWhatTheyLack()
    {
        await desk.AdminLogsInAsync();
        var north = await desk.FoundAsync("north");
        await desk.HireAsync("ada", north, "viewer");

        Assert.Equal(ExitCodes.Usage, (await desk.RunAsync("north", "role", "edit", "viewer", "--rule", "task.view@organization")).ExitCode);
        Assert.Equal(ExitCodes.NotAllowed, (await desk.RunAsync("ada", "role", "create", "mine", "--rule", "task.view@organization")).ExitCode);
        Assert.Equal(ExitCodes.Usage, (await desk.RunAsync("north", "role", "create", "mine", "--rule", "organization.create@global")).ExitCode);
        Assert.Contains("task.create", (await desk.RunAsync("north", "role", "rules")).Out, StringComparison.Ordinal);
    }
}
