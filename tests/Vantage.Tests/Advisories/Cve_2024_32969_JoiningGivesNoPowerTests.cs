using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Ids;
using Vantage.Tests.Coordinator.Hosting;

namespace Vantage.Tests.Advisories;

/// <summary>
/// There, a collaboration's admin brought an organization in and was then its admin too. Here working together shows
/// partners to each other and gives nobody anything to do with their things. (What a node does for partners is decided by
/// its own pins, which are tested with the charter.)
/// </summary>
public sealed class Cve_2024_32969_JoiningGivesNoPowerTests(RunningCoordinator coordinator) : IClassFixture<RunningCoordinator>
{
    [Fact]
    public async Task ACollaborationsAdmin_CanDoNothingWithWhatIsAPartners()
    {
        var partners = await Partnership.FormAsync(coordinator);
        var (mine, theirs) = (partners.Asking, partners.Asked);
        var made = await coordinator.Admin.PostAsync<CreatedUser>(Routes.Users,
            new CreateUser("Collaboration admin", null, mine.Id, [Role.CollaborationAdmin]));
        var admin = coordinator.With(made.Token.Secret);
        var (node, user) = (partners.Sites[1].Node, theirs.AdminId);
        var role = (await theirs.Admin.PostAsync<RoleInfo>(Routes.Roles, new CreateRole("theirs", null, ["task.view@own"]))).Role;

        (HttpMethod Method, string Path, object? Body)[] attempts =
        [
            (HttpMethod.Get, $"{Routes.Nodes}/{node}", null),
            (HttpMethod.Delete, $"{Routes.Nodes}/{node}", null),
            (HttpMethod.Put, $"{Routes.Nodes}/{node}/certificates", new PublishCertificates([1], [1])),
            (HttpMethod.Post, Routes.Nodes, new InviteNode("mine", theirs.Id)),
            (HttpMethod.Get, $"{Routes.Users}/{user}", null),
            (HttpMethod.Put, $"{Routes.Users}/{user}/roles", new GiveRoles([])),
            (HttpMethod.Put, $"{Routes.Users}/{user}/certificates", new PublishCertificates([1], [1])),
            (HttpMethod.Post, Routes.Users, new CreateUser("Mole", null, theirs.Id, [Role.Viewer])),
            (HttpMethod.Post, Routes.Tokens, new CreateToken("mole", 1, user)),
            (HttpMethod.Get, $"{Routes.Tokens}?user={user}", null),
            (HttpMethod.Get, $"{Routes.Roles}/{role}", null),
            (HttpMethod.Put, $"{Routes.Roles}/{role}", new EditRole("mine", null, ["task.view@own"])),
            (HttpMethod.Delete, $"{Routes.Roles}/{role}", null),
            (HttpMethod.Post, Routes.Roles, new CreateRole("mole", null, ["task.view@own"], theirs.Id)),
            (HttpMethod.Put, $"{Routes.Organizations}/{theirs.Id}/root", new PublishRoot([1])),
            (HttpMethod.Post, Routes.Collaborations, new CreateCollaboration("more", [mine.Id, theirs.Id])),
        ];
        foreach (var (method, path, body) in attempts)
        {
            var refused = await admin.RefusedAsync(method, path, body);
            Assert.True(refused.Code is ErrorCodes.NotFound or ErrorCodes.Forbidden, $"{method} {path}: {refused.Code}");
        }
    }

    [Fact]
    public async Task TheCoordinatorsAdmin_PutsThemTogether_AndBecomesNobodyInThem()
    {
        var partners = await Partnership.FormAsync(coordinator);

        foreach (var (method, path, body) in new (HttpMethod, string, object)[]
        {
            (HttpMethod.Put, $"{Routes.Organizations}/{partners.Asked.Id}/root", new PublishRoot([1])),
            (HttpMethod.Put, $"{Routes.Nodes}/{partners.Sites[1].Node}/certificates", new PublishCertificates([1], [1])),
            (HttpMethod.Put, $"{Routes.Tasks}/{TaskId.New(TimeProvider.System)}", new SubmitTask("no.manifest.x", [])),
        })
        {
            Assert.Equal(ErrorCodes.Forbidden, (await coordinator.Admin.RefusedAsync(method, path, body)).Code);
        }
    }
}
