using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Ids;
using Vantage.Tests.Coordinator.Hosting;

namespace Vantage.Tests.Advisories;

/// <summary>There, something named like a number was looked up as the thing with that number.</summary>
public sealed class Cve_2023_28635_NamesAreNeverIdsTests(RunningCoordinator coordinator) : IClassFixture<RunningCoordinator>
{
    [Fact]
    public async Task ANameThatLooksLikeAnotherThingsId_LeadsNowhere()
    {
        var victim = await Hospital.FoundAsync(coordinator);
        string[] names = [victim.Id.ToString(), victim.AdminId.ToString(), "1", "-1", "0x1", "null", "..", "%2e%2e", "me", "admin;drop"];
        foreach (var name in names)
        {
            var named = await coordinator.Admin.PostAsync<Organization>(Routes.Organizations, new CreateOrganization(name));
            var asked = await coordinator.Admin.Http.GetAsync(
                new Uri($"{Routes.Organizations}/{Uri.EscapeDataString(name)}", UriKind.Relative), TestContext.Current.CancellationToken);

            Assert.NotEqual(victim.Id, named.Id);
            Assert.Equal(name, (await coordinator.Admin.GetAsync<Organization>($"{Routes.Organizations}/{named.Id}")).Name);
            if (name == victim.Id.ToString())
                Assert.Contains(victim.AdminId.ToString(), await UsersAsync(victim), StringComparison.Ordinal);
            else
                Assert.False(asked.IsSuccessStatusCode && (await asked.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))
                    .Contains(named.Id.ToString(), StringComparison.Ordinal), $"'{name}' was taken for an id");
        }
    }

    [Theory]
    [InlineData("admin")]
    [InlineData("Researcher")]
    [InlineData("rol_00000000000000000000000000000001")]
    public async Task ARole_TakesNoNameThatIsAnotherRoles(string name)
    {
        var hospital = await Hospital.FoundAsync(coordinator);

        var refused = await hospital.Admin.RefusedAsync(HttpMethod.Post, Routes.Roles, new CreateRole(name, null, ["task.view@own"]));

        Assert.Equal(ErrorCodes.InvalidInput, refused.Code);
    }

    [Fact]
    public async Task AnIdOfAnotherKind_IsNoId()
    {
        var hospital = await Hospital.FoundAsync(coordinator);
        var disguised = new UserId(hospital.Id.Value).ToString();

        foreach (var path in new[] { $"{Routes.Organizations}/{disguised}", $"{Routes.Organizations}/{hospital.Id.Value}", $"{Routes.Organizations}/{hospital.Id.ToString().ToUpperInvariant()}" })
            Assert.True((await hospital.Admin.RefusedAsync(HttpMethod.Get, path)).Status is 400 or 404);
    }

    private async Task<string> UsersAsync(Hospital hospital) =>
        string.Join(' ', (await hospital.Admin.GetAsync<Page<User>>(Routes.Users)).Items.Select(user => user.Id));
}
