using System.Diagnostics;
using Microsoft.AspNetCore.SignalR;
using Vantage.NodeAgent.Link.Transports;
using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Lifecycles;
using Vantage.Tests.Coordinator.Hosting;
using Vantage.Tests.Coordinator.Tasks;

namespace Vantage.Tests.Coordinator.Realtime;

public sealed class NodeHubTests(RunningCoordinator coordinator) : IClassFixture<RunningCoordinator>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task BeforeHello_NothingElseIsHeard()
    {
        var partners = await Partnership.FormAsync(coordinator);
        await using var line = await partners.Sites[1].DialAsync();

        var refused = await Assert.ThrowsAsync<HubException>(() => line.BeatAsync());

        Assert.Contains(ErrorCodes.ProtocolVersion, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 3, true)]
    [InlineData(1, 1, true)]
    [InlineData(2, 3, false)]
    [InlineData(0, 0, false)]
    public async Task Hello_AgreesOnAVersionOrSaysWhoIsTooOld(int min, int max, bool agreed)
    {
        var partners = await Partnership.FormAsync(coordinator);
        await using var line = await partners.Sites[1].DialAsync();
        Task<Welcome> Hello() => line.Line.HelloAsync(new Hello(min, max, [], "9.9"), Stop);

        if (agreed)
        {
            var welcome = await Hello();
            Assert.Equal((1, partners.Sites[1].Node, 16 * 1024), (welcome.Version, welcome.Node, welcome.InlineBytes));
            Assert.True(welcome.HeartbeatSeconds * 3 <= welcome.LeaseSeconds);
        }
        else
        {
            Assert.Contains(ErrorCodes.ProtocolVersion, (await Assert.ThrowsAsync<HubException>(Hello)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task PeopleAndStrangers_DoNotGetOntoTheHub()
    {
        var partners = await Partnership.FormAsync(coordinator);

        Assert.Equal(ErrorCodes.Forbidden, (await partners.Ada.Http.RefusedAsync(HttpMethod.Post, $"{INodeHub.Path}/negotiate")).Code);
        Assert.Equal(ErrorCodes.Unauthenticated, (await coordinator.Nobody.RefusedAsync(HttpMethod.Post, $"{INodeHub.Path}/negotiate")).Code);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ARevokedNodesLine_IsDropped(bool polls)
    {
        var partners = await Partnership.FormAsync(coordinator);
        await using var line = await partners.Sites[1].ConnectAsync(polls ? TransportKind.LongPoll : TransportKind.WebSocket);
        var clock = Stopwatch.StartNew();

        await partners.Asked.Admin.DeleteAsync($"{Routes.Nodes}/{partners.Sites[1].Node}");

        await line.Line.Closed.WaitAsync(Patience, Stop);
        TestContext.Current.SendDiagnosticMessage($"Dropped after {clock.ElapsedMilliseconds} ms.");
    }

    [Fact]
    public async Task Cancelling_OrdersTheNodeToStop()
    {
        var (partners, question, line) = await WaitingAsync();
        await using var _ = line;
        var claim = Assert.Single(await line.ClaimAsync());

        var view = await partners.Ada.Http.PostAsync<TaskView>($"{question.Path}/cancel", new StringContent(""));

        Assert.Equal([new StopOrder(claim.Run, 1, StopReason.Cancelled)], await line.Heard.Stops);
        Assert.Equal(TaskOutcome.Cancelled, view.Outcome);
        Assert.Equal(StopReason.Cancelled, Assert.Single((await line.BeatAsync(new RunReport(claim.Run, 1, RunPhase.Running))).Stop).Reason);
    }

    [Fact]
    public async Task ALineOpenedBefore_ServesACollaborationMadeAfter()
    {
        var partners = await Partnership.FormAsync(coordinator);
        await using var line = await partners.Sites[1].ConnectAsync();
        await line.ReconcileAsync();
        var made = await coordinator.Admin.PostAsync<Collaboration>(
            Routes.Collaborations, new CreateCollaboration($"Later {Guid.CreateVersion7():N}", [partners.Asking.Id, partners.Asked.Id]));
        var question = Question.Of(partners, partners.Ada, [partners.Sites[1]], manifest => manifest with { Collaboration = made.Id });

        await EventuallyAsync(async () => (await partners.Ada.Http.GetAsync<Page<Collaboration>>(Routes.Collaborations)).Items.Any(c => c.Id == made.Id));
        await question.SubmitAsync(partners);

        await EventuallyAsync(async () => (await line.ClaimAsync()).Count == 1);
    }

    [Fact]
    public async Task ReportsOutOfBounds_AreRefused()
    {
        var (_, question, line) = await WaitingAsync();
        await using var __ = line;

        await Assert.ThrowsAsync<HubException>(() => line.BeatAsync(new RunReport(question.Run, 1, RunPhase.Running, 101)));
        await Assert.ThrowsAsync<HubException>(() => line.BeatAsync(new RunReport(question.Run, 1, RunPhase.Running, null, (WaitingReason)77)));
    }

    private async Task<(Partnership, Question, SiteLine)> WaitingAsync()
    {
        var partners = await Partnership.FormAsync(coordinator);
        var line = await partners.Sites[1].ConnectAsync();
        await line.ReconcileAsync();
        var question = Question.Of(partners, partners.Sites[1]);
        await question.SubmitAsync(partners);
        await line.Heard.WorkAsync();
        return (partners, question, line);
    }

    private static async Task EventuallyAsync(Func<Task<bool>> holds)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await holds())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), patience.Token);
        }
    }
}
