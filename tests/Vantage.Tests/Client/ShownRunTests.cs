using Microsoft.AspNetCore.Http;
using Vantage.Client.Asking;
using Vantage.Client.Errors;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;
using Vantage.Protocol.Lifecycles;
using Vantage.Statistics.Summaries;

namespace Vantage.Tests.Client;

/// <summary>A Coordinator that shows other runs of a task than were signed: each run is genuine, the set of them is not.</summary>
public sealed class ShownRunTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ARunOfAnotherTask_IsNotReadAsThisOnes()
    {
        await using var federation = await StartAsync();
        var (wanted, other) = (await AskAsync(federation), await AskAsync(federation));
        Show(federation, wanted, view => view with { Runs = other.Runs });

        await NoticedAsync(federation, wanted.Id, "another one than");
    }

    [Fact]
    public async Task ARunThatIsWithheld_IsMissed()
    {
        await using var federation = await StartAsync();
        var task = await AskAsync(federation);
        Show(federation, task, view => view with { Runs = [view.Runs[0]] });

        await NoticedAsync(federation, task.Id, "not those that were signed");
    }

    [Fact]
    public async Task ARunThatIsWithheld_IsMissedAlsoWhereNoNodeEndedTheOther()
    {
        await using var federation = await StartAsync();
        var task = await AskAsync(federation);
        Show(federation, task, view => view with { Runs = [view.Runs[0] with { Outcome = RunOutcome.Lost }] });
        var client = federation.Client();
        var shown = await client.GetTaskAsync(task.Id, Stop);

        var noticed = await Assert.ThrowsAsync<VantageException>(() => client.RequireSignedAsync(shown, shown.Runs[0].Id, Stop));

        Assert.Equal(ClientErrorCodes.ReceiptUntrusted, noticed.Code);
    }

    [Fact]
    public async Task ARunThatIsAdded_IsNoticed()
    {
        await using var federation = await StartAsync();
        var (task, other) = (await AskAsync(federation), await AskAsync(federation));
        Show(federation, task, view => view with { Runs = [.. view.Runs, other.Runs[0]] });

        await NoticedAsync(federation, task.Id, "not those that were signed");
    }

    [Fact]
    public async Task ARunUnderAnotherPartnersName_IsNoticed()
    {
        await using var federation = await StartAsync();
        var task = await AskAsync(federation);
        Show(federation, task, view => view with
        {
            Runs = [view.Runs[0] with { Organization = view.Runs[1].Organization }, view.Runs[1] with { Organization = view.Runs[0].Organization }],
        });

        await NoticedAsync(federation, task.Id, "not those that were signed");
    }

    [Fact]
    public async Task ATaskUnderAnotherJob_IsNoticed()
    {
        await using var federation = await StartAsync();
        var task = await AskAsync(federation);
        Show(federation, task, view => view with { Job = JobId.New(federation.Clock) });

        await NoticedAsync(federation, task.Id, "not what was signed");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AQuestionWhoseRunIsWithheldOrSwapped_IsAnAnswerWithoutAResultThatSaysSo(bool withheld)
    {
        await using var federation = await StartAsync();
        var other = await AskAsync(federation);
        federation.Meddle = context => MeddleAsync(federation, context, null, view => view with
        {
            Runs = withheld ? [view.Runs[0]] : [view.Runs[0], other.Runs[1]],
        });
        var question = await Question.PrepareAsync(federation.Client(), "summary", System.Text.Json.JsonElement.Parse("{}"),
            new() { Collaboration = federation.Collaboration, Data = [] }, Stop);

        var answer = await question.RunAsync(Summary.Central, cancellationToken: Stop);

        Assert.Equal(TaskOutcome.Failed, answer.Outcome);
        Assert.Equal(ClientErrorCodes.ReceiptUntrusted, answer.Problem!.Code);
        Assert.False(answer.Sites.Holds);
    }

    private static async Task<FakeFederation> StartAsync()
    {
        var federation = await FakeFederation.StartAsync("South");
        federation.Answer = (_, run) => run.Succeed("{\"percent\":7}"u8.ToArray());
        return federation;
    }

    private static async Task<TaskView> AskAsync(FakeFederation federation)
    {
        var client = federation.Client();
        var task = await client.SubmitAsync(SubmitTests.Ask(federation, "{}"), Stop);
        return await client.GetTaskAsync(task.Id, Stop);
    }

    /// <summary>From now on the Coordinator shows the task otherwise than it was signed.</summary>
    private static void Show(FakeFederation federation, TaskView task, Func<TaskView, TaskView> bend) =>
        federation.Meddle = context => MeddleAsync(federation, context, task.Id, bend);

    private static async Task<bool> MeddleAsync(FakeFederation federation, HttpContext context, TaskId? only, Func<TaskView, TaskView> bend)
    {
        var (head, name) = (Routes.Tasks + "/", context.Request.Path.Value!.Split('/')[^1]);
        if (!HttpMethods.IsGet(context.Request.Method) || !context.Request.Path.Value!.EndsWith(head + name, StringComparison.Ordinal)
            || (only is { } id && id.ToString() != name))
        {
            return false;
        }

        await context.Response.WriteAsJsonAsync(bend(federation.View(Id.Parse<TaskId>(name))), ProtocolJson.Default.TaskView);
        return true;
    }

    private static async Task NoticedAsync(FakeFederation federation, TaskId task, string how)
    {
        var client = federation.Client();
        var shown = await client.GetTaskAsync(task, Stop);

        var noticed = await Assert.ThrowsAsync<VantageException>(() =>
            client.ResultAsync(shown, shown.Runs[0].Id, AlgorithmsJson.Default.ProgressReport, Stop));

        Assert.Equal(ClientErrorCodes.ReceiptUntrusted, noticed.Code);
        Assert.Contains(how, noticed.What, StringComparison.Ordinal);
        await Assert.ThrowsAsync<VantageException>(() => client.VerifyAsync(shown, shown.Runs[0].Id, Stop));
    }
}
