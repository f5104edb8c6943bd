using Vantage.Coordinator.Access.Permissions;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;
using Vantage.Tests.Coordinator.Persistence;

namespace Vantage.Tests.Coordinator.Access.Permissions;

public sealed class DefaultRoleTests(FreshDatabase fresh) : IClassFixture<FreshDatabase>
{
    private static Rights Of(Role role) => DefaultRoles.Find(role.Name)!.Rights;

    [Fact]
    public void EveryRoleOfTheProtocol_IsKnown_AndNoOther() =>
        Assert.Equal(Role.Defaults, DefaultRoles.All.Select(role => role.Role));

    /// <summary>Nobody gives what they lack: so whoever is to give a role has to have all of it.</summary>
    [Fact]
    public void ACoordinatorsAdmin_CanGiveEveryRole_AndAnOrganizationsAdminAllButTheTwoWiderOnes()
    {
        Assert.All(DefaultRoles.All, role => Assert.True(Of(Role.Admin).Covers(role.Rights), role.Role.Name));
        Assert.Equal([Role.Admin, Role.CollaborationAdmin],
            DefaultRoles.All.Where(role => !Of(Role.OrganizationAdmin).Covers(role.Rights)).Select(role => role.Role));
    }

    [Fact]
    public void NoRoleOfAnOrganization_ReachesEverything() =>
        Assert.DoesNotContain(DefaultRoles.All.Where(role => role.Role != Role.Admin).SelectMany(role => role.Rights.Rules),
            rule => rule.Scope == Scope.Global);

    /// <summary>Whoever brings organizations together gains no power over them.</summary>
    [Fact]
    public void WithinACollaboration_PartnersThingsAreSeenAndTasksAskedOrCancelled_AndNothingElseIsDone()
    {
        Operation[] harmless = [Operation.View, Operation.Use];
        string[] among = ["study.create", "task.create", "task.cancel"];

        var done = RuleTable.Rows.Where(row => row.Scopes.Contains(Scope.Collaboration) && !harmless.Contains(row.Permission.Operation))
            .Select(row => row.Permission.ToString());

        Assert.Equal(among, done);
    }

    [Fact]
    public void NobodyButANode_WorksOnRuns() =>
        Assert.DoesNotContain(DefaultRoles.All, role => role.Rights[new(Resource.Run, Operation.Execute)] is not null);

    [Fact]
    public void ARoleThatThisProgramDoesNotKnow_GivesNothing() =>
        Assert.Equal(DefaultRoles.Everyone.Rules, AccountRights.Of(true, ["sorcerer"], ["task.view@galaxy", "1.0@3"]).Rules);

    /// <summary>A second wall: were the admin's role written beside an organization, it would still end there.</summary>
    [Fact]
    public void AnAccountOfAnOrganization_ReachesNoFurtherThanItsCollaborations_WhateverItsRolesSay() =>
        Assert.DoesNotContain(AccountRights.Of(true, ["admin"], ["user.view@global"]).Rules, rule => rule.Scope == Scope.Global);

    [Theory]
    [InlineData("task.view")]
    [InlineData("task.view@Organization")]
    [InlineData("7.0@1")]
    [InlineData("organization.edit@global")]
    [InlineData("task.view@organization ")]
    [InlineData("")]
    public void WhatIsNotInTheTable_IsNoRule(string text) => Assert.False(Rule.TryParse(text, out _));

    [Fact]
    public async Task TheDatabase_KnowsTheSameRoles()
    {
        await using var command = fresh.Superuser.CreateCommand(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'account_roles_check'");
        var law = (string)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;

        Assert.Equal(Role.Defaults.Select(role => role.Name).Order(),
            System.Text.RegularExpressions.Regex.Matches(law, "'([a-z-]+)'").Select(match => match.Groups[1].Value).Order());
    }

    [Fact]
    public void AnId_IsARole_AndAnythingElseIsNot()
    {
        var id = RoleId.New(TimeProvider.System);

        Assert.True(Role.TryParse(id.ToString(), out var own) && own.Custom == id);
        Assert.All(["1", "root", "Admin", "rol_1", "usr_" + new string('0', 32)], text => Assert.False(Role.TryParse(text, out _)));
    }
}
