using System.Diagnostics;
using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Tests.Coordinator.Hosting;

namespace Vantage.Tests.Coordinator.Accounts.Tokens;

/// <summary>How long what was revoked still opens anything, by the clock on the wall.</summary>
public sealed class TokenRevocationTests(RunningCoordinator coordinator) : IClassFixture<RunningCoordinator>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Revocation_HoldsWithinASecond_ForRequestsOpenEventsAndTheHub()
    {
        var partners = await Partnership.FormAsync(coordinator);
        var (requests, events, hub, tries) = (TimeSpan.MaxValue, TimeSpan.MaxValue, TimeSpan.MaxValue, 0);

        // All three at once; each of them promptly at some time.
        await Promptly.WithinAsync(TimeSpan.FromSeconds(1), async () =>
        {
            var measured = await MeasureAsync(partners, await Site.OpenAsync(coordinator, partners.Asked, $"node {tries++}"));
            (requests, events, hub) = (Least(requests, measured.Requests), Least(events, measured.Events), Least(hub, measured.Hub));
            TestContext.Current.SendDiagnosticMessage(
                $"REST {requests.TotalMilliseconds:0} ms, events {events.TotalMilliseconds:0} ms, hub {hub.TotalMilliseconds:0} ms");
            return new[] { requests, events, hub }.Max();
        });
    }

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private async Task<(TimeSpan Requests, TimeSpan Events, TimeSpan Hub)> MeasureAsync(Partnership partners, Site site)
    {
        var token = await partners.Ada.Http.PostAsync<CreatedToken>(Routes.Tokens, new CreateToken("watching"));
        var rest = coordinator.With(token.Secret);
        using var events = await rest.Http.GetAsync(new Uri(Routes.Events, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Stop);
        await using var line = await site.ConnectAsync();
        var clock = Stopwatch.StartNew();

        await partners.Ada.Http.DeleteAsync($"{Routes.Tokens}/{token.Token.Id}");
        await partners.Asked.Admin.DeleteAsync($"{Routes.Nodes}/{site.Node}");
        var revoked = clock.Elapsed;
        var ends = await Task.WhenAll(
            WhenAsync(clock, RefusedAsync(rest)), WhenAsync(clock, StreamEnd.OfAsync(events)), WhenAsync(clock, line.Line.Closed.WaitAsync(Patience, Stop)));
        return (ends[0] - revoked, ends[1] - revoked, ends[2] - revoked);
    }

    private static async Task<TimeSpan> WhenAsync(Stopwatch clock, Task task)
    {
        await task;
        return clock.Elapsed;
    }

    private static async Task RefusedAsync(Rest rest)
    {
        while (true)
        {
            using var answer = await rest.Http.GetAsync(new Uri(Routes.Me, UriKind.Relative), Stop);
            if (!answer.IsSuccessStatusCode)
            {
                Assert.Contains(ErrorCodes.Unauthenticated, await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
                return;
            }
        }
    }
}
