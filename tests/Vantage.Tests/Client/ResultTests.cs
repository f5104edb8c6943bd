using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vantage.Client.Errors;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;

namespace Vantage.Tests.Client;

/// <summary>Nothing is given out that pinned keys do not vouch for, whatever the Coordinator does to it.</summary>
public sealed class ResultTests
{
    [Fact]
    public async Task AResult_ComesBackWithWhatVouchesForIt()
    {
        await using var federation = await AnsweredAsync((_, run) =>
            run.Succeed("{\"percent\":7}"u8.ToArray(), "line one\n"));
        var client = federation.Client();
        var run = federation.Runs.Values.First();

        var typed = await client.ResultAsync(await ViewAsync(federation), run.Id, AlgorithmsJson.Default.ProgressReport,
            TestContext.Current.CancellationToken);
        await using var opened = await client.OpenResultAsync(await ViewAsync(federation), run.Id, null, TestContext.Current.CancellationToken);
        await using var log = await client.OpenLogAsync(await ViewAsync(federation), run.Id, TestContext.Current.CancellationToken);

        Assert.Equal(7, typed.Percent);
        Assert.Equal("by-hand", opened.Inner!.Policy.Rule);
        Assert.Equal(run.Site.Id, opened.Proof.Receipt.Node.Organization);
        Assert.Equal(federation.Asker.Id, opened.Proof.Asker.Organization);
        Assert.Equal("line one\n", await new StreamReader(log.Body)
            .ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task ARefusal_ComesBackWithItsRuleAndItsWords()
    {
        await using var federation = await AnsweredAsync((_, run) =>
            run.Fail(RunOutcome.Refused, RunCodes.PolicyRefused, "Data 'patients' is not for this purpose."));

        var error = await federation.Client()
            .ErrorAsync(await ViewAsync(federation), federation.Runs.Values.First().Id, TestContext.Current.CancellationToken);

        Assert.Equal(RunCodes.PolicyRefused, error.Code);
        Assert.Equal("by-hand", error.Rule);
        Assert.Equal("Data 'patients' is not for this purpose.", error.Message);
    }

    [Fact]
    public async Task AResultOfARunThatFailed_IsNotThere()
    {
        await using var federation = await AnsweredAsync((_, run) =>
            run.Fail(RunOutcome.Failed, RunCodes.DataInvalid, "m"));

        var refusal = await OpenAsync(federation);

        Assert.Equal(ClientErrorCodes.NothingThere, refusal.Code);
    }

    [Fact]
    public async Task AnAlteredEnvelope_IsNotGivenOut()
    {
        await using var federation = await AnsweredAsync((_, run) => run.Succeed("{}"u8.ToArray()));
        foreach (var run in federation.Runs.Values)
        {
            run.End!.Envelopes["result"][^1] ^= 1;
        }

        Assert.Equal(ClientErrorCodes.ReceiptUntrusted, (await OpenAsync(federation)).Code);
    }

    [Fact]
    public async Task AnotherRunsResult_IsNotTakenForThisOne()
    {
        await using var federation = await AnsweredAsync((site, run) =>
            run.Succeed(Encoding.UTF8.GetBytes($"\"{site.Root.Name}\"")));
        var (one, other) = (federation.Runs.Values.First(), federation.Runs.Values.Last());
        one.End = other.End;

        Assert.Equal(ClientErrorCodes.ReceiptUntrusted, (await OpenAsync(federation, one.Id)).Code);
    }

    [Fact]
    public async Task AReceiptOfANodeThatNobodyPinned_IsNotBelieved()
    {
        await using var federation = await FakeFederation.StartAsync();
        var stranger = new Vantage.Tests.Protocol.Partner("Stranger", federation.Asker.Id);
        federation.Answer = (_, run) =>
        {
            var honest = run.Succeed("{}"u8.ToArray());
            var receipt = JsonNode.Parse(Vantage.Protocol.Signatures.Jws.Parse(honest.Receipt!).Payload.Span)!;
            var forged = Vantage.Protocol.Receipts.ReceiptVerifier.Sign(
                receipt.Deserialize(Vantage.Protocol.Json.SignedJson.Default.OuterReceipt)!, stranger.NodeKey,
                stranger.NodeChain);
            return honest with { Receipt = forged };
        };
        await federation.Client().SubmitAsync(SubmitTests.Ask(federation, "{}"), TestContext.Current.CancellationToken);

        Assert.Equal(ClientErrorCodes.RootNotPinned, (await OpenAsync(federation)).Code);
    }

    [Fact]
    public async Task AnOldResult_OpensAfterTheKeysWereRenewed()
    {
        await using var federation = await AnsweredAsync((_, run) => run.Succeed("{\"percent\":7}"u8.ToArray()));
        federation.Home.WriteUserKeys(Vantage.Protocol.Cryptography.SigningKey.Create(),
            Vantage.Protocol.Cryptography.EncryptionKey.Create());

        var result = await federation.Client()
            .ResultAsync(await ViewAsync(federation), federation.Runs.Values.First().Id, AlgorithmsJson.Default.ProgressReport,
            TestContext.Current.CancellationToken);

        Assert.Equal(7, result.Percent);
    }

    [Fact]
    public async Task AnOldResult_OpensAfterItsCertificatesExpired()
    {
        await using var federation = await AnsweredAsync((_, run) => run.Succeed("{\"percent\":7}"u8.ToArray()));
        federation.Clock.Now = Vantage.Tests.Protocol.Partner.End.AddDays(30);

        var result = await federation.Client()
            .ResultAsync(await ViewAsync(federation), federation.Runs.Values.First().Id, AlgorithmsJson.Default.ProgressReport,
            TestContext.Current.CancellationToken);

        Assert.Equal(7, result.Percent);
    }

    [Fact]
    public async Task ALargeResult_IsReadAsAStreamAndLeavesNothingBehind()
    {
        var body = RandomNumberGenerator.GetBytes(5 * 1024 * 1024);
        await using var federation = await AnsweredAsync((_, run) => run.Succeed(body));
        var copy = new MemoryStream();

        await using (var opened = await federation.Client()
            .OpenResultAsync(await ViewAsync(federation), federation.Runs.Values.First().Id, null, TestContext.Current.CancellationToken))
        {
            await opened.Body.CopyToAsync(copy, TestContext.Current.CancellationToken);
        }

        Assert.Equal(body, copy.ToArray());
        Assert.Empty(Directory.GetFiles(Path.Combine(federation.Home.Directory, "downloads")));
    }

    private static async Task<FakeFederation> AnsweredAsync(Func<Vantage.Tests.Protocol.Partner, FakeRun,
        FakeEnd> answer)
    {
        var federation = await FakeFederation.StartAsync("South");
        federation.Answer = answer;
        await federation.Client().SubmitAsync(SubmitTests.Ask(federation, "{}"), TestContext.Current.CancellationToken);
        return federation;
    }

    private static Task<TaskView> ViewAsync(FakeFederation federation) => federation.Client()
        .GetTaskAsync(federation.Runs.Values.First().Manifest.Task, TestContext.Current.CancellationToken);

    private static Task<VantageException> OpenAsync(FakeFederation federation, RunId? run = null) =>
        Assert.ThrowsAsync<VantageException>(async () => await federation.Client().OpenResultAsync(
            await ViewAsync(federation), run ?? federation.Runs.Values.First().Id, null, TestContext.Current.CancellationToken));
}
