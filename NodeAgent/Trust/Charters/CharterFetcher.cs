using System.Text.Json;
using Vantage.NodeAgent.Link;
using Vantage.Protocol.Api;
using Vantage.Protocol.Charters;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;

namespace Vantage.NodeAgent.Trust.Charters;

/// <summary>
/// Fetches versions of charters when reconciling says that there are new ones. What goes wrong is told once, and tried
/// again with the next reconciling: the Coordinator says the same then, or has come to its senses.
/// </summary>
internal sealed partial class CharterFetcher(
    AuthorizedRest rest, CharterNews news, CharterBoard board, ILogger<CharterFetcher> logger) : BackgroundService
{
    private const int LargestAnswer = 64 * 1024 * 1024;
    private const int MostCollaborations = 1000;
    private const int MostVersions = 10_000;
    private readonly Dictionary<CollaborationId, string> told = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            foreach (var head in (await news.NextAsync(stoppingToken)).Take(MostCollaborations))
            {
                await StepAsync(head, stoppingToken);
            }
        }
    }

    private async Task StepAsync(CharterHead said, CancellationToken cancellationToken)
    {
        try
        {
            if (await FollowAsync(said, cancellationToken) && board.Head(said.Collaboration) is { } head)
            {
                LogFollows(said.Collaboration, head.Content.Serial, head.Content.Members.Count, head.Content.End);
            }

            told.Remove(said.Collaboration);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            Tell(said.Collaboration, e is TrustException trust ? trust.Code : "not-fetched", e.Message);
        }
    }

    private async Task<bool> FollowAsync(CharterHead said, CancellationToken cancellationToken)
    {
        var known = board.Head(said.Collaboration);
        if (known?.Text.Digest == said.Digest)
        {
            return false;
        }

        // An older one, or another of the same serial, is fetched too: that it is refused has to be told.
        var after = known is null || known.Content.Id != said.Id ? 0 : Math.Min(known.Content.Serial, said.Serial - 1);
        var versions = new List<SignedCharter>();
        while (after + versions.Count < Math.Min(said.Serial, after + MostVersions)
            && await FetchAsync(said.Collaboration, after + versions.Count, cancellationToken) is { Versions: [_, ..] page })
        {
            versions.AddRange(page);
        }

        return board.Offer(said.Collaboration, versions) ? true : throw new HttpIOException(HttpRequestError.InvalidResponse,
            $"It speaks of version {said.Serial}, and has no version that follows from the one that this node knows.");
    }

    private async Task<CharterBook> FetchAsync(CollaborationId collaboration, long after, CancellationToken cancellationToken)
    {
        using var answer = await rest.SendAsync(
            () => new HttpRequestMessage(HttpMethod.Get, rest.At($"{Routes.Collaborations}/{collaboration}/charters?after={after}")),
            AuthorizedRest.Usual, cancellationToken);
        await answer.Content.LoadIntoBufferAsync(LargestAnswer, cancellationToken);
        await using var content = await answer.Content.ReadAsStreamAsync(cancellationToken);
        return await JsonSerializer.DeserializeAsync(content, ProtocolJson.Default.CharterBook, cancellationToken)
            ?? throw new HttpIOException(HttpRequestError.InvalidResponse, "The answer is null.");
    }

    private void Tell(CollaborationId collaboration, string code, string why)
    {
        if (told.GetValueOrDefault(collaboration) != why)
        {
            told[collaboration] = why;
            LogRefused(collaboration, code, why);
        }
    }

    [LoggerMessage(Level = LogLevel.Information,
        Message = "The charter of {Collaboration} is followed: version {Serial}, {Members} members, until {End}")]
    private partial void LogFollows(CollaborationId collaboration, long serial, int members, DateTimeOffset end);

    [LoggerMessage(Level = LogLevel.Error,
        Message = "What the Coordinator offers as the charter of {Collaboration} is not followed ({Code}): {Why} What held before holds on")]
    private partial void LogRefused(CollaborationId collaboration, string code, string why);
}
