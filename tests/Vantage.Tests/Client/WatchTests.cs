using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Vantage.Protocol.Api;
using Vantage.Protocol.Lifecycles;

namespace Vantage.Tests.Client;

/// <summary>A watch tells the truth however the connection behaves: events only say when to look.</summary>
public sealed class WatchTests
{
    [Fact]
    public async Task AWatch_BeginsWithTheTaskAsItIs_AndEndsOnceItSettled()
    {
        await using var federation = await FakeFederation.StartAsync();
        federation.Answer = (_, run) => run.Succeed("{}"u8.ToArray());
        var client = federation.Client();
        var task = await client.SubmitAsync(SubmitTests.Ask(federation, "{}"), TestContext.Current.CancellationToken);

        var views = await client.WatchAsync(task.Id, TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal(TaskOutcome.Succeeded, Assert.Single(views).Outcome);
    }

    [Theory]
    [InlineData("id: 5\nevent: task\ndata: {}\n\n")]
    [InlineData("event: resync\ndata:\n\n")]
    public async Task AnEvent_MakesItLookAgain(string happened)
    {
        await using var federation = await FakeFederation.StartAsync();
        var events = Channel.CreateUnbounded<string>();
        federation.Meddle = context => StreamAsync(context, events.Reader);
        var (client, task) = await SubmitAsync(federation);
        await using var watch = client.WatchAsync(task, TestContext.Current.CancellationToken)
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await watch.MoveNextAsync());
        Assert.Null(watch.Current.Outcome);

        Succeed(federation);
        events.Writer.TryWrite(happened);

        Assert.True(await watch.MoveNextAsync());
        Assert.Equal(TaskOutcome.Succeeded, watch.Current.Outcome);
        Assert.False(await watch.MoveNextAsync());
    }

    [Fact]
    public async Task ACut_IsFollowedByLookingAgainAndResumingAfterTheLastEvent()
    {
        await using var federation = await FakeFederation.StartAsync();
        var events = Channel.CreateUnbounded<string>();
        var resumed = new List<string>();
        federation.Meddle = context =>
        {
            if (context.Request.Path == Routes.Events)
            {
                resumed.Add(context.Request.Headers["Last-Event-ID"].ToString());
            }

            return StreamAsync(context, events.Reader);
        };
        var (client, task) = await SubmitAsync(federation);
        await using var watch = client.WatchAsync(task, TestContext.Current.CancellationToken)
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await watch.MoveNextAsync());

        events.Writer.TryWrite("id: 41\nevent: task\ndata: {}\n\n");
        events.Writer.TryWrite("cut");
        Succeed(federation);

        Assert.True(await watch.MoveNextAsync());
        Assert.Equal(TaskOutcome.Succeeded, watch.Current.Outcome);
        await watch.DisposeAsync();
        Assert.Equal("", resumed[0]);
        Assert.All(resumed.Skip(1), id => Assert.Equal("41", id));
    }

    private static void Succeed(FakeFederation federation)
    {
        foreach (var run in federation.Runs.Values)
        {
            run.End = run.Succeed("{}"u8.ToArray());
        }
    }

    private static async Task<(Vantage.Client.VantageClient Client,
        Vantage.Protocol.Ids.TaskId Task)> SubmitAsync(FakeFederation federation)
    {
        var client = federation.Client();
        return (client, (await client.SubmitAsync(SubmitTests.Ask(federation, "{}"),
            TestContext.Current.CancellationToken)).Id);
    }

    private static async Task<bool> StreamAsync(HttpContext context, ChannelReader<string> events)
    {
        if (context.Request.Path != Routes.Events)
        {
            return false;
        }

        context.Response.ContentType = "text/event-stream";
        await context.Response.Body.FlushAsync(context.RequestAborted);
        try
        {
            await foreach (var text in events.ReadAllAsync(context.RequestAborted))
            {
                if (text == "cut")
                {
                    context.Abort();
                    return true;
                }

                await context.Response.WriteAsync(text, context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }
        }
        catch (OperationCanceledException)
        {
            // The watch is over.
        }

        return true;
    }
}
