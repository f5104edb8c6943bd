using System.Net;
using System.Net.Http.Headers;
using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;
using Vantage.Tests.Coordinator.Hosting;

namespace Vantage.Tests.Coordinator.Tasks;

/// <summary>Who sees which task, and how its ciphertext is fetched.</summary>
public sealed class RunRoutesTests(RunningCoordinator coordinator) : IClassFixture<RunningCoordinator>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ATask_IsSeenByItsAskersOrganization_ByAdminsOfTheAsked_AndByTheCoordinatorsAdmins_ByNobodyElse()
    {
        var (partners, others) = (await Partnership.FormAsync(coordinator), await Partnership.FormAsync(coordinator));
        var question = Question.Of(partners, partners.Sites[1]);
        await question.SubmitAsync(partners);
        var colleague = await Person.HireAsync(coordinator, partners.Asking, Role.Researcher);
        var asked = await Person.HireAsync(coordinator, partners.Asked, Role.Researcher);
        Rest[] see = [partners.Ada.Http, colleague.Http, partners.Asking.Admin, partners.Asked.Admin, coordinator.Admin];
        Rest[] unseeing = [asked.Http, others.Ada.Http, others.Asking.Admin];

        foreach (var http in see)
        {
            await http.GetAsync<TaskView>(question.Path);
            await http.GetAsync<RunEvidence>($"{Routes.Runs}/{question.Run}/evidence");
            Assert.Contains((await http.GetAsync<Page<TaskView>>(Routes.Tasks)).Items, task => task.Id == question.Id);
        }

        foreach (var http in unseeing)
        {
            Assert.Equal(ErrorCodes.NotFound, (await http.RefusedAsync(HttpMethod.Get, question.Path)).Code);
            Assert.Equal(ErrorCodes.NotFound, (await http.RefusedAsync(HttpMethod.Post, $"{question.Path}/cancel")).Code);
            Assert.Equal(ErrorCodes.NotFound, (await http.RefusedAsync(HttpMethod.Get, $"{Routes.Runs}/{question.Run}/evidence")).Code);
            Assert.Equal(ErrorCodes.NotFound, (await http.RefusedAsync(HttpMethod.Get, $"{Routes.Runs}/{question.Run}/payloads/input")).Code);
            Assert.DoesNotContain((await http.GetAsync<Page<TaskView>>(Routes.Tasks)).Items, task => task.Id == question.Id);
        }
    }

    [Fact]
    public async Task AnInput_IsFetchedByTheNodeThatItIsSealedTo_AndByNoOther()
    {
        var partners = await Partnership.FormAsync(coordinator);
        var question = Question.Of(partners, partners.Sites[1]);
        await question.SubmitAsync(partners);
        var path = $"{Routes.Runs}/{question.Run}/payloads/input";

        var own = await (await partners.Sites[1].RestAsync()).Http.GetByteArrayAsync(new Uri(path, UriKind.Relative), Stop);
        var foreign = await (await partners.Sites[0].RestAsync()).RefusedAsync(HttpMethod.Get, path);

        Assert.Equal(question.Inputs[0].Bytes, own);
        Assert.Equal(ErrorCodes.NotFound, foreign.Code);
    }

    [Fact]
    public async Task APayload_IsResumedByRangeAndDigest()
    {
        var (partners, question, end) = await CommittedAsync();
        var path = $"{Routes.Runs}/{question.Run}/payloads/result";
        var whole = end.Payloads[0].Inline!;

        var rest = await FetchAsync(partners, path, 100, $"\"{end.Payloads[0].Digest}\"");
        var changed = await FetchAsync(partners, path, 100, "\"sha256:other\"");
        var beyond = await FetchAsync(partners, path, whole.Length + 1, null);

        Assert.Equal(HttpStatusCode.PartialContent, rest.Status);
        Assert.Equal(whole[100..], rest.Bytes);
        Assert.Equal(HttpStatusCode.OK, changed.Status);
        Assert.Equal(whole, changed.Bytes);
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, beyond.Status);
    }

    [Fact]
    public async Task WhatRunsBrought_ComesWithTheSettledTask_AsTheirRoutesGiveIt_WhereItIsAskedFor()
    {
        var (partners, question, end) = await CommittedAsync();
        var evidence = await partners.Ada.Http.GetAsync<RunEvidence>($"{Routes.Runs}/{question.Run}/evidence");

        var brought = (await partners.Ada.Http.GetAsync<TaskView>($"{question.Path}?wait=1&answers=true")).Answers!;

        var answer = Assert.Single(brought.Runs);
        Assert.Equal((evidence.Manifest, evidence.Receipt, end.Payloads[0].Kind), (brought.Manifest, answer.Receipt, answer.Kind!.Value));
        Assert.Equal(end.Payloads[0].Inline, answer.Sealed);
        Assert.Null((await partners.Ada.Http.GetAsync<TaskView>(question.Path)).Answers);
    }

    [Fact]
    public async Task APayloadPastItsRetention_IsGone_AndItsDigestAndReceiptStay()
    {
        var (partners, question, end) = await CommittedAsync();
        await using var age = coordinator.Superuser.CreateCommand(
            "UPDATE run_payload SET inline = NULL, removed_at = now() WHERE run_id = $1");
        age.Parameters.Add(new() { Value = question.Run.Value });
        await age.ExecuteNonQueryAsync(Stop);

        var refused = await partners.Ada.Http.RefusedAsync(HttpMethod.Get, $"{Routes.Runs}/{question.Run}/payloads/result");
        var view = await partners.Ada.Http.GetAsync<TaskView>(question.Path);

        Assert.Equal(ErrorCodes.PayloadExpired, refused.Code);
        Assert.All(view.Runs[0].Payloads, payload => Assert.False(payload.Available));
        Assert.Contains(view.Runs[0].Payloads, payload => payload.Digest == end.Payloads[0].Digest);
        Assert.NotNull((await partners.Ada.Http.GetAsync<RunEvidence>($"{Routes.Runs}/{question.Run}/evidence")).Receipt);
    }

    [Fact]
    public async Task Lists_AreFiltered_AndGoOnWhereTheyEnded()
    {
        var partners = await Partnership.FormAsync(coordinator);
        var ids = new List<TaskId>();
        for (var i = 0; i < 5; i++)
        {
            var question = Question.Of(partners, partners.Sites[1]);
            await question.SubmitAsync(partners);
            ids.Add(question.Id);
        }

        await partners.Ada.Http.PostAsync<TaskView>($"{Routes.Tasks}/{ids[0]}/cancel", new StringContent(""));
        var path = $"{Routes.Tasks}?collaboration={partners.Collaboration}";
        var first = await partners.Ada.Http.GetAsync<Page<TaskView>>($"{path}&limit=3");
        var second = await partners.Ada.Http.GetAsync<Page<TaskView>>($"{path}&limit=3&cursor={first.NextCursor}");
        var open = await partners.Ada.Http.GetAsync<Page<TaskView>>($"{path}&state=open");
        var cancelled = await partners.Ada.Http.GetAsync<Page<TaskView>>($"{path}&state=cancelled");

        Assert.Equal(ids.OrderByDescending(id => id.Value), first.Items.Concat(second.Items).Select(task => task.Id));
        Assert.Null(second.NextCursor);
        Assert.Equal(4, open.Items.Count);
        Assert.Equal([ids[0]], cancelled.Items.Select(task => task.Id));
        Assert.Equal(ErrorCodes.InvalidInput, (await partners.Ada.Http.RefusedAsync(HttpMethod.Get, $"{path}&state=odd")).Code);
    }

    private async Task<(Partnership, Question, CommitRequest)> CommittedAsync()
    {
        var partners = await Partnership.FormAsync(coordinator);
        var question = Question.Of(partners, partners.Sites[1]);
        await question.SubmitAsync(partners);
        await using var line = await partners.Sites[1].ConnectAsync();
        await line.ReconcileAsync();
        var end = question.End(Assert.Single(await line.ClaimAsync()), partners.Sites[1], partners.Ada);
        Assert.Equal((CommitOutcome.Committed, RunOutcome.Succeeded), await line.CommitAsync(end) is var reply ? (reply.Outcome, reply.Ended!.Value) : default);
        return (partners, question, end);
    }

    private static async Task<(HttpStatusCode Status, byte[] Bytes)> FetchAsync(Partnership partners, string path, long from, string? ifRange)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Range = new RangeHeaderValue(from, null);
        if (ifRange is not null)
        {
            request.Headers.IfRange = new RangeConditionHeaderValue(new EntityTagHeaderValue(ifRange));
        }

        using var response = await partners.Ada.Http.Http.SendAsync(request, Stop);
        return (response.StatusCode, await response.Content.ReadAsByteArrayAsync(Stop));
    }
}
