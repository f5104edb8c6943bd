using Npgsql;
using Vantage.Coordinator.Access.Permissions;
using Vantage.Protocol.Api;
using Vantage.Tests.Coordinator.Hosting;

namespace Vantage.Tests.Advisories;

/// <summary>There, an account could be moved to another organization and kept what it was allowed before.</summary>
public sealed class Cve_2023_22738_AnAccountKeepsItsOrganizationTests(RunningCoordinator coordinator) : IClassFixture<RunningCoordinator>
{
    private static readonly string[] Some =
        ["task.view@own", "task.view@organization", "node.view@organization", "audit.view@organization", "run.view@organization", "study.view@collaboration"];

    [Fact]
    public async Task NotEvenASuperuser_MovesAnAccount()
    {
        var (one, other) = (await Hospital.FoundAsync(coordinator), await Hospital.FoundAsync(coordinator));
        await using var move = coordinator.Superuser.CreateCommand("UPDATE account SET organization_id = $1 WHERE id = $2");
        move.Parameters.Add(new() { Value = other.Id.Value });
        move.Parameters.Add(new() { Value = one.AdminId.Value });

        var refused = await Assert.ThrowsAsync<PostgresException>(() => move.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));

        Assert.Contains("never changes its organization", refused.MessageText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AfterAnyEdits_RightsAreThoseOfTheRolesHeldNow_ComputedFromScratch()
    {
        var hospital = await Hospital.FoundAsync(coordinator);
        var (http, user) = await hospital.HireAsync(Role.Researcher);
        var random = new Random(22738);
        var own = new List<RoleInfo>();
        for (var i = 0; i < 3; i++)
            own.Add(await hospital.Admin.PostAsync<RoleInfo>(Routes.Roles, new CreateRole($"role {i}", null, [Some[i]])));
        Role[] held = [Role.Researcher];
        for (var step = 0; step < 25; step++)
        {
            if (random.Next(2) == 0)
            {
                held = [.. Role.Defaults.Skip(2).Concat(own.Select(role => role.Role)).Where(_ => random.Next(3) == 0)];
                await hospital.Admin.PutAsync<User>($"{Routes.Users}/{user.User.Id}/roles", new GiveRoles(held));
            }
            else
            {
                var at = random.Next(own.Count);
                string[] rules = [.. Some.Where(_ => random.Next(2) == 0).DefaultIfEmpty(Some[0])];
                own[at] = await hospital.Admin.PutAsync<RoleInfo>($"{Routes.Roles}/{own[at].Role}", new EditRole(own[at].Name, null, rules));
            }

            var me = await http.GetAsync<Me>(Routes.Me);
            var expected = AccountRights.Of(inOrganization: true, held.Where(role => role.Custom is null).Select(role => role.Name),
                own.Where(role => held.Contains(role.Role)).SelectMany(role => role.Rules));
            Assert.Equal(expected.Rules.Select(rule => rule.ToString()), me.Rights);
            Assert.Equal(held.Select(role => role.Name).Order(), me.Roles.Select(role => role.Name).Order());
        }
    }
}
