using Vantage.Protocol.Api;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Ids;
using Vantage.Tests.Coordinator.Access.Matrix;
using Vantage.Tests.Coordinator.Hosting;
using Vantage.Tests.Coordinator.Tasks;

namespace Vantage.Tests.Advisories;

/// <summary>
/// There, a key that the caller chose decided whose record was meant. Here clients mint ids, so that sending twice is once:
/// an id that somebody else minted is then refused, tells nothing and changes nothing.
/// </summary>
public sealed class Cve_2026_24178_AnIdOfOnesChoiceOpensNothingTests(RunningCoordinator coordinator) : IClassFixture<RunningCoordinator>
{
    [Fact]
    public async Task AnotherTenantsId_IsRefused_AndWhatItNamesStaysAsItWas()
    {
        var (owners, thieves) = (await Partnership.FormAsync(coordinator), await Partnership.FormAsync(coordinator));
        var (ada, thief) = (owners.Ada, thieves.Ada);
        var question = Question.Of(owners, owners.Sites[1]);
        var (upload, submission) = ($"{Routes.Uploads}/{UploadId.New(TimeProvider.System)}", SubmissionId.New(TimeProvider.System));
        var stored = $"{Routes.Algorithms}/{submission}";
        await question.SubmitAsync(owners);
        await ada.Http.PutAsync<UploadView>(upload, new StartUpload(owners.Collaboration, Digest.OfText("ours"), 10));
        await ada.Http.PutAsync<Submission>(stored, MatrixPapers.Submission(owners, ada, submission, "ours"));
        var evidence = await ada.Http.GetAsync<RunEvidence>($"{Routes.Runs}/{question.Run}/evidence");

        var sameTask = Question.Of(thieves, thief, [thieves.Sites[1]], manifest => manifest with { Task = question.Id });
        var sameRun = Question.Of(thieves, thief, [thieves.Sites[1]], manifest => manifest with { Targets = [manifest.Targets[0] with { Run = question.Run }] });
        foreach (var (path, body) in new (string, object)[]
        {
            (sameTask.Path, sameTask.Body), (sameRun.Path, sameRun.Body), (upload, new StartUpload(thieves.Collaboration, Digest.OfText("theirs"), 10)),
            (stored, MatrixPapers.Submission(thieves, thief, submission, "theirs")),
        })
        {
            var refused = await thief.Http.RefusedAsync(HttpMethod.Put, path, body);
            Assert.True(refused.Code is ErrorCodes.NotFound or ErrorCodes.Conflict or ErrorCodes.ManifestConflict, $"{path}: {refused.Code} {refused.Detail}");
        }

        Assert.Equal(evidence.Manifest, (await ada.Http.GetAsync<RunEvidence>($"{Routes.Runs}/{question.Run}/evidence")).Manifest);
        Assert.Equal(Digest.OfText("ours"), (await ada.Http.GetAsync<UploadView>(upload)).Digest);
        Assert.Equal(ada.Id, (await ada.Http.GetAsync<Submission>(stored)).User);
    }
}
