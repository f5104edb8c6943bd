using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Tests.Coordinator.Hosting;
using Vantage.Tests.Coordinator.Tasks;

namespace Vantage.Tests.Advisories;

/// <summary>
/// There, tasks were guarded at their own address and open by way of their collaboration, and in what was included. The
/// matrix asks every route; here are the ways round that one would try first.
/// </summary>
public sealed class Cve_2023_41882_NoWayRoundTests(RunningCoordinator coordinator) : IClassFixture<RunningCoordinator>
{
    [Fact]
    public async Task ATaskIsNotReached_ByItsCollaborationJobRunOrEvents()
    {
        var (partners, others) = (await Partnership.FormAsync(coordinator), await Partnership.FormAsync(coordinator));
        var question = Question.Of(partners, partners.Sites[1]);
        await question.SubmitAsync(partners);
        var (collaboration, job) = (partners.Collaboration, question.Manifest.Job);

        foreach (var thief in new[] { others.Ada.Http, others.Asking.Admin })
        {
            foreach (var list in new[] { $"?collaboration={collaboration}", $"?job={job}", $"?collaboration={collaboration}&job={job}&state=open" })
                Assert.Empty((await thief.GetAsync<Page<TaskView>>(Routes.Tasks + list)).Items);
            foreach (var path in new[]
            {
                question.Path, $"{question.Path}?wait=1", $"{question.Path}?include=runs&expand=results", $"{Routes.Runs}/{question.Run}/evidence",
                $"{Routes.Runs}/{question.Run}/payloads/input", $"{Routes.Runs}/{question.Run}/payloads/result", $"{Routes.Events}?collaboration={collaboration}",
                $"{Routes.Collaborations}/{collaboration}", $"{Routes.Collaborations}/{collaboration}/studies", $"{Routes.Collaborations}/{collaboration}/tasks",
            })
            {
                Assert.Equal(ErrorCodes.NotFound, (await thief.RefusedAsync(HttpMethod.Get, path)).Code);
            }
        }
    }
}
