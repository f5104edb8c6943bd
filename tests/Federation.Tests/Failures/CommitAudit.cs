using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Federation.Tests.Worlds;
using Vantage.Client.Home;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;

namespace Federation.Tests.Failures;

/// <summary>
/// The Coordinator's own record of commits, which no later commit overwrites: an entry is written in the same transaction as
/// the end that it is about, and shown once it is sealed.
/// </summary>
internal sealed class CommitAudit(World world)
{
    private static readonly TimeSpan SealedWithin = TimeSpan.FromMinutes(1);
    private readonly Dictionary<string, int> commits = [];
    private long read;

    /// <summary>Each of these runs was committed once, and none of any question twice.</summary>
    public async Task AssertOnceAsync(IReadOnlyCollection<RunId> succeeded, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = world.Url };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", new ClientHome(world.Admin.Home).ReadProfile().Token);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(SealedWithin);
        await ReadOnAsync(http, patience.Token);
        while (succeeded.FirstOrDefault(run => !commits.ContainsKey(run.ToString())) is { } missing && missing != default)
        {
            Assert.False(patience.IsCancellationRequested, $"{missing} has a result and no entry of its commit.");
            await Task.Delay(200, cancellationToken);
            await ReadOnAsync(http, cancellationToken);
        }

        Assert.DoesNotContain(commits, run => run.Value > 1);
    }

    private async Task ReadOnAsync(HttpClient http, CancellationToken cancellationToken)
    {
        Page<AuditEntry> page;
        do
        {
            page = (await http.GetFromJsonAsync(string.Create(CultureInfo.InvariantCulture, $"{Routes.Audit}?cursor={read}"),
                ProtocolJson.Default.PageAuditEntry, cancellationToken))!;
            foreach (var entry in page.Items)
            {
                read = entry.Sequence;
                if (entry.Action == "run.commit")
                {
                    commits[entry.Subject] = commits.GetValueOrDefault(entry.Subject) + 1;
                }
            }
        }
        while (page.NextCursor is not null);
    }
}
