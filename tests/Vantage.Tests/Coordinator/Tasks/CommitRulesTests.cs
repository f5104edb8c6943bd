using System.Security.Cryptography;
using Vantage.Protocol.Api;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;
using Vantage.Protocol.Manifests;
using Vantage.Tests.Coordinator.Hosting;

namespace Vantage.Tests.Coordinator.Tasks;

/// <summary>Which ends of runs are believed.</summary>
public sealed class CommitRulesTests(RunningCoordinator coordinator) : IClassFixture<RunningCoordinator>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("task")]
    [InlineData("run")]
    [InlineData("later epoch")]
    [InlineData("manifest")]
    [InlineData("algorithm")]
    [InlineData("payload")]
    public async Task AReceiptThatSaysSomethingElse_EndsNothing(string what)
    {
        var (partners, question, line, claim) = await ClaimedAsync();
        await using var _ = line;
        var spoilt = question.End(claim, partners.Sites[1], partners.Ada, change: receipt => what switch
        {
            "task" => receipt with { Task = TaskId.New(TimeProvider.System) },
            "run" => receipt with { Run = RunId.New(TimeProvider.System) },
            "later epoch" => receipt with { Epoch = receipt.Epoch + 1 },
            "manifest" => receipt with { Manifest = Digest.OfText("other") },
            "algorithm" => receipt with { Algorithm = AlgorithmRef.Builtin("other", "1", Digest.OfText("other").ToString()) },
            _ => receipt with { Payloads = [receipt.Payloads[0] with { Digest = Digest.OfText("other") }] },
        });

        var reply = await line.CommitAsync(spoilt);

        Assert.Equal(CommitOutcome.Invalid, reply.Outcome);
        Assert.False(string.IsNullOrEmpty(reply.Detail));
        Assert.Equal(CommitOutcome.Committed, (await line.CommitAsync(question.End(claim, partners.Sites[1], partners.Ada))).Outcome);
    }

    [Fact]
    public async Task AReceiptOfAnotherNode_EndsNothing_WhoeverBringsIt()
    {
        var (partners, question, line, claim) = await ClaimedAsync();
        await using var _ = line;
        await using var other = await partners.Sites[0].ConnectAsync();

        var forged = await line.CommitAsync(question.End(claim, partners.Sites[0], partners.Ada));
        var brought = await other.CommitAsync(question.End(claim, partners.Sites[1], partners.Ada));

        Assert.Equal((CommitOutcome.Invalid, CommitOutcome.Invalid), (forged.Outcome, brought.Outcome));
    }

    [Fact]
    public async Task APayloadThatIsNoEnvelope_IsTurnedAway()
    {
        var (partners, question, line, claim) = await ClaimedAsync();
        await using var _ = line;
        var plain = "mean age 54.2"u8.ToArray();

        var reply = await line.CommitAsync(question.End(claim, partners.Sites[1], RunOutcome.Succeeded,
            [new CommitPayload(PayloadKind.Result, Digest.Of(plain), plain.Length, plain, null)]));

        Assert.Equal(CommitOutcome.Invalid, reply.Outcome);
        Assert.Contains("not an envelope", reply.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ALargePayload_IsAskedFor_AndOnceUploadedTheSameCommitEndsTheRun()
    {
        var (partners, question, line, claim) = await ClaimedAsync();
        await using var _ = line;
        var site = partners.Sites[1];
        var large = Envelope.Seal(RandomNumberGenerator.GetBytes(100_000),
            new EnvelopeContext(partners.Collaboration, question.Id, claim.Run, PayloadKind.Result, 1, site.Signing.KeyId),
            [partners.Ada.Encryption.PublicKey]);
        var upload = UploadId.New(TimeProvider.System);
        var end = question.End(claim, site, RunOutcome.Succeeded,
            [new CommitPayload(PayloadKind.Result, Digest.Of(large), large.Length, null, upload)]);

        var missing = await line.CommitAsync(end);
        var rest = await site.RestAsync();
        await rest.PutAsync<UploadView>($"{Routes.Uploads}/{upload}", new StartUpload(partners.Collaboration, Digest.Of(large), large.Length));
        using var part = new HttpRequestMessage(HttpMethod.Put, $"{Routes.Uploads}/{upload}/parts/0") { Content = new ByteArrayContent(large) };
        part.Headers.Add(StartUpload.PartDigestHeader, Digest.Of(large).ToString());
        (await rest.Http.SendAsync(part, Stop)).EnsureSuccessStatusCode();
        var committed = await line.CommitAsync(end);
        var read = await partners.Ada.Http.Http.GetByteArrayAsync(new Uri($"{Routes.Runs}/{claim.Run}/payloads/result", UriKind.Relative), Stop);

        Assert.Equal(CommitOutcome.PayloadMissing, missing.Outcome);
        Assert.Equal([Digest.Of(large)], missing.Missing);
        Assert.Equal(CommitOutcome.Committed, committed.Outcome);
        Assert.Equal(large, read);
    }

    [Fact]
    public async Task ALateEnd_ChangesNothing_AndItsReceiptIsKept()
    {
        var (partners, question, line, claim) = await ClaimedAsync();
        await using var _ = line;
        await partners.Ada.Http.PostAsync<TaskView>($"{question.Path}/cancel", new StringContent(""));
        var end = question.End(claim, partners.Sites[1], partners.Ada);

        var reply = await line.CommitAsync(end);

        Assert.Equal((CommitOutcome.Superseded, RunOutcome.Cancelled), (reply.Outcome, reply.Ended));
        await using var look = coordinator.Superuser.CreateCommand("SELECT receipt FROM run_receipt WHERE run_id = $1 AND NOT accepted");
        look.Parameters.Add(new() { Value = claim.Run.Value });
        Assert.Equal(end.Receipt, await look.ExecuteScalarAsync(Stop));
        Assert.Null((await partners.Ada.Http.GetAsync<RunEvidence>($"{Routes.Runs}/{claim.Run}/evidence")).Receipt);
    }

    [Fact]
    public async Task WhatWasSealedUnderAnEarlierHanding_IsCommittedUnderThePresentOne()
    {
        var (partners, question, line, first) = await ClaimedAsync();
        await using var _ = line;
        await line.ReconcileAsync();
        await line.ReconcileAsync();
        var second = Assert.Single(await line.ClaimAsync());
        var end = question.End(first, partners.Sites[1], partners.Ada) with { Epoch = second.Epoch };

        Assert.Equal(2, second.Epoch);
        Assert.Equal(CommitOutcome.Committed, (await line.CommitAsync(end)).Outcome);
    }

    private async Task<(Partnership, Question, SiteLine, ClaimedRun)> ClaimedAsync()
    {
        var partners = await Partnership.FormAsync(coordinator);
        var question = Question.Of(partners, partners.Sites[1]);
        await question.SubmitAsync(partners);
        var line = await partners.Sites[1].ConnectAsync();
        await line.ReconcileAsync();
        return (partners, question, line, Assert.Single(await line.ClaimAsync()));
    }
}
