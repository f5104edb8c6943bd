using System.Text.Json;
using Vantage.Client.Watching;
using Vantage.Coordinator.Access;
using Vantage.Coordinator.Realtime.Events;
using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;
using Vantage.Protocol.Lifecycles;
using Vantage.Tests.Coordinator.Hosting;
using Vantage.Tests.Coordinator.Tasks;

namespace Vantage.Tests.Coordinator.Realtime;

public sealed class EventStreamTests(RunningCoordinator coordinator) : IClassFixture<RunningCoordinator>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AWatcher_HearsWhatHappensToATask_InOrder()
    {
        var partners = await Partnership.FormAsync(coordinator);
        await using var watch = await OpenAsync(partners.Ada.Http, $"?collaboration={partners.Collaboration}");
        var question = Question.Of(partners, partners.Sites[1]);

        await question.SubmitAsync(partners);
        await partners.Ada.Http.PostAsync<TaskView>($"{question.Path}/cancel", new StringContent(""));
        var heard = await watch.TakeAsync(3);

        Assert.All(heard, happened => Assert.Equal(question.Id, happened.Task));
        Assert.Equal((null, null), (heard[0].Run, heard[0].TaskOutcome));
        Assert.Equal((RunPhase.Ended, RunOutcome.Cancelled), (heard[1].Phase, heard[1].RunOutcome));
        Assert.Equal(TaskOutcome.Cancelled, heard[2].TaskOutcome);
    }

    [Fact]
    public async Task WhoWasAway_ResumesAfterTheLastEventThatWasHeard()
    {
        var partners = await Partnership.FormAsync(coordinator);
        var first = Question.Of(partners, partners.Sites[1]);
        TaskEvent last;
        await using (var watch = await OpenAsync(partners.Ada.Http, ""))
        {
            await first.SubmitAsync(partners);
            last = Assert.Single(await watch.TakeAsync(1));
        }

        var second = Question.Of(partners, partners.Sites[1]);
        await second.SubmitAsync(partners);
        await using var again = await OpenAsync(partners.Ada.Http, "", last.Id);

        Assert.Equal(second.Id, Assert.Single(await again.TakeAsync(1)).Task);
    }

    [Fact]
    public async Task WhoWasAwayForTooLong_IsToldToReadAfresh()
    {
        var partners = await Partnership.FormAsync(coordinator);
        await using var forget = coordinator.Superuser.CreateCommand(
            "UPDATE task_event_horizon SET xid = greatest(xid::text::bigint, 5)::text::xid8, id = 1");
        await forget.ExecuteNonQueryAsync(Stop);

        await using var past = await OpenAsync(partners.Ada.Http, "", "3-1");
        await using var future = await OpenAsync(partners.Ada.Http, "", "18000000000000000000-1");

        Assert.Equal("resync", (await past.NextAsync()).Name);
        Assert.Equal("resync", (await future.NextAsync()).Name);
    }

    [Fact]
    public async Task ASlowTransaction_HoldsLaterOnesBack_AndIsNotSkipped()
    {
        var partners = await Partnership.FormAsync(coordinator);
        var (slow, quick) = (Question.Of(partners, partners.Sites[1]), Question.Of(partners, partners.Sites[1]));
        var reader = new EventReader(coordinator.Database);
        var filter = new EventFilter(
            new HashSet<CollaborationId> { partners.Collaboration }, new TaskVisibility(All: true, null, null), null);
        var (begin, _) = await reader.EdgeAsync(Stop);
        await using var connection = await coordinator.Superuser.OpenConnectionAsync(Stop);
        await using var transaction = await connection.BeginTransactionAsync(Stop);
        await using var insert = new Npgsql.NpgsqlCommand(
            "INSERT INTO task_event (collaboration_id, owner_organization, task_id) VALUES ($1, $2, $3)", connection, transaction)
        {
            Parameters = { new() { Value = partners.Collaboration.Value }, new() { Value = partners.Asking.Id.Value }, new() { Value = slow.Id.Value } },
        };
        await insert.ExecuteNonQueryAsync(Stop);
        await quick.SubmitAsync(partners);

        var early = await reader.ReadAsync(filter, begin, Stop);
        await transaction.CommitAsync(Stop);
        var late = await ReadUntilAsync(reader, filter, early.Next, 2);

        Assert.Empty(early.Events);
        Assert.True(early.MoreSoon);
        Assert.Equal([slow.Id, quick.Id], late.Select(happened => happened.Task));
    }

    [Fact]
    public async Task NobodyHearsOfTasksThatTheyMayNotSee()
    {
        var (partners, others) = (await Partnership.FormAsync(coordinator), await Partnership.FormAsync(coordinator));
        var asked = await Person.HireAsync(coordinator, partners.Asked, Role.Researcher);
        await using var unseeing = await OpenAsync(asked.Http, "");
        await using var admin = await OpenAsync(partners.Asked.Admin, "");
        var (hidden, shown) = (Question.Of(partners, partners.Sites[1]), Question.Of(partners, asked, [partners.Sites[0]], m => m));

        await hidden.SubmitAsync(partners);
        await asked.Http.PutAsync<TaskView>(shown.Path, shown.Body);

        Assert.Equal(shown.Id, Assert.Single(await unseeing.TakeAsync(1)).Task);
        Assert.Equal([hidden.Id, shown.Id], (await admin.TakeAsync(2)).Select(happened => happened.Task));
        Assert.Equal(ErrorCodes.NotFound, (await others.Ada.Http.RefusedAsync(
            HttpMethod.Get, $"{Routes.Events}?collaboration={partners.Collaboration}")).Code);
    }

    [Fact]
    public async Task ARevokedToken_EndsItsStream()
    {
        var partners = await Partnership.FormAsync(coordinator);
        var token = await partners.Ada.Http.PostAsync<CreatedToken>(Routes.Tokens, new CreateToken("watching"));
        await using var watch = await OpenAsync(coordinator.With(token.Secret), "");

        await partners.Ada.Http.DeleteAsync($"{Routes.Tokens}/{token.Token.Id}");

        await watch.EndAsync();
    }

    [Theory]
    [InlineData("odd")]
    [InlineData("1-2-3")]
    [InlineData("-1-2")]
    [InlineData("1- 2")]
    public async Task AnIdThatNoStreamGaveOut_IsRefused(string id)
    {
        Assert.False(EventPosition.TryParse(id, out _));
        using var request = new HttpRequestMessage(HttpMethod.Get, Routes.Events);
        request.Headers.TryAddWithoutValidation("Last-Event-ID", id);

        using var response = await coordinator.Admin.Http.SendAsync(request, Stop);

        Assert.Equal(System.Net.HttpStatusCode.BadRequest, response.StatusCode);
    }

    private static async Task<List<TaskEvent>> ReadUntilAsync(EventReader reader, EventFilter filter, EventPosition from, int count)
    {
        var read = new List<TaskEvent>();
        while (read.Count < count)
        {
            // Other transactions of this database may hold the edge back for a moment.
            var batch = await reader.ReadAsync(filter, from, Stop);
            read.AddRange(batch.Events);
            from = batch.Next;
        }

        return read;
    }

    private static async Task<Watch> OpenAsync(Rest http, string query, string? lastEventId = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, Routes.Events + query);
        if (lastEventId is not null)
        {
            request.Headers.TryAddWithoutValidation("Last-Event-ID", lastEventId);
        }

        var response = await http.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
        response.EnsureSuccessStatusCode();
        var watch = new Watch(response, SseReader.ReadAsync(await response.Content.ReadAsStreamAsync(Stop), Stop).GetAsyncEnumerator(Stop));
        // Its first words say where it begins: what happens from now on is heard.
        await watch.BegunAsync(lastEventId is not null);
        return watch;
    }

    private sealed class Watch(HttpResponseMessage response, IAsyncEnumerator<SseEvent> events) : IAsyncDisposable
    {
        private SseEvent? first;

        public async Task BegunAsync(bool mayResync)
        {
            var begun = await StepAsync();
            first = begun.IsComment ? null : begun;
            Assert.True(mayResync || begun.IsComment);
        }

        public async Task<SseEvent> NextAsync()
        {
            var next = first ?? await StepAsync();
            first = null;
            return next.IsComment ? await NextAsync() : next;
        }

        public async Task<List<TaskEvent>> TakeAsync(int count)
        {
            var taken = new List<TaskEvent>();
            while (taken.Count < count)
            {
                taken.Add(JsonSerializer.Deserialize((await NextAsync()).Data, ProtocolJson.Default.TaskEvent)!);
            }

            return taken;
        }

        public async Task EndAsync()
        {
            try
            {
                while (await events.MoveNextAsync().AsTask().WaitAsync(Patience))
                {
                }
            }
            catch (HttpRequestException)
            {
                // Cut rather than finished: ended all the same.
            }
        }

        public async ValueTask DisposeAsync()
        {
            response.Dispose();
            try
            {
                await events.DisposeAsync();
            }
            catch (Exception e) when (e is NotSupportedException or IOException)
            {
                // A reader that still waits can't be disposed; it ends with its response.
            }
        }

        private async Task<SseEvent> StepAsync()
        {
            Assert.True(await events.MoveNextAsync().AsTask().WaitAsync(Patience), "The stream ended.");
            return events.Current;
        }
    }
}
