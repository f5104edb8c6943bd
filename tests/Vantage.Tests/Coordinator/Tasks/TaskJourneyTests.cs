using Vantage.NodeAgent.Link.Transports;
using Vantage.Protocol.Api;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Lifecycles;
using Vantage.Tests.Coordinator.Hosting;

namespace Vantage.Tests.Coordinator.Tasks;

/// <summary>From a signed question to a sealed answer, over real HTTP and the real hub.</summary>
public sealed class TaskJourneyTests(RunningCoordinator coordinator) : IClassFixture<RunningCoordinator>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AQuestion_IsClaimedRunCommittedAndRead(bool polls)
    {
        var partners = await Partnership.FormAsync(coordinator);
        var site = partners.Sites[1];
        await using var line = await site.ConnectAsync(polls ? TransportKind.LongPoll : TransportKind.WebSocket);
        await line.ReconcileAsync();
        var question = Question.Of(partners, site);

        var submitted = await question.SubmitAsync(partners);
        await line.Heard.WorkAsync();
        var claim = Assert.Single(await line.ClaimAsync());
        await line.BeatAsync(new RunReport(claim.Run, claim.Epoch, RunPhase.Running, 50));
        var running = await partners.Ada.Http.GetAsync<TaskView>(question.Path);
        var end = question.End(claim, site, partners.Ada);
        var committed = await line.CommitAsync(end);

        Assert.Equal(RunPhase.Queued, Assert.Single(submitted.Runs).Phase);
        Assert.Equal(question.Jws, claim.Manifest);
        Assert.Equal(question.Inputs[0].Bytes, claim.Input);
        Assert.Equal((RunPhase.Running, 50), (running.Runs[0].Phase, running.Runs[0].Progress));
        Assert.Equal((CommitOutcome.Committed, RunOutcome.Succeeded), (committed.Outcome, committed.Ended));
        var settled = await partners.Ada.Http.GetAsync<TaskView>(question.Path);
        Assert.Equal(TaskOutcome.Succeeded, settled.Outcome);
        var result = await partners.Ada.Http.Http.GetByteArrayAsync(
            new Uri($"{Routes.Runs}/{claim.Run}/payloads/result", UriKind.Relative), Stop);
        Assert.Equal(end.Payloads[0].Inline, result);
        var evidence = await partners.Ada.Http.GetAsync<RunEvidence>($"{Routes.Runs}/{claim.Run}/evidence");
        Assert.Equal((question.Jws, end.Receipt), (evidence.Manifest, evidence.Receipt));
        var context = new EnvelopeContext(partners.Collaboration, question.Id, claim.Run, PayloadKind.Result, 1, site.Signing.KeyId);
        Assert.Equal("the mean is a secret"u8, Envelope.Open(result, context, partners.Ada.Encryption));
        Assert.Equal(Digest.Of(result), settled.Runs[0].Payloads.Single(p => p.Kind == PayloadKind.Result).Digest);
    }
}
