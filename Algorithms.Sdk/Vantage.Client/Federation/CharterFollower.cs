using Vantage.Client.Connection;
using Vantage.Client.Home;
using Vantage.Protocol.Api;
using Vantage.Protocol.Charters;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;

namespace Vantage.Client.Federation;

/// <summary>Fetches what is new of a charter when the Coordinator says that there is something. Believes none of it unjudged.</summary>
internal static class CharterFollower
{
    private const int MostVersions = 10_000;

    /// <param name="rest">The Coordinator.</param>
    /// <param name="home">Where it is kept.</param>
    /// <param name="said">Where the Coordinator says that the charter stands.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async Task FollowAsync(RestChannel rest, ClientHome home, CharterHead? said, CancellationToken cancellationToken)
    {
        var now = rest.Time.GetUtcNow();
        if (said is null || !home.HasRoot || home.ReadCharter(said.Collaboration, now)?.Head is var known && known?.Text.Digest == said.Digest)
        {
            return;
        }

        var after = known is null || known.Content.Id != said.Id ? 0 : Math.Min(known.Content.Serial, said.Serial - 1);
        home.FollowCharter(said.Collaboration,
            await FetchAsync(rest, said.Collaboration, after, Math.Min(said.Serial, after + MostVersions), cancellationToken), now);
    }

    /// <summary>The versions after one, up to another, in as many pages as it takes.</summary>
    public static async Task<List<SignedCharter>> FetchAsync(
        RestChannel rest, CollaborationId collaboration, long after, long upTo, CancellationToken cancellationToken)
    {
        var versions = new List<SignedCharter>();
        while (after + versions.Count < upTo)
        {
            var book = await rest.GetAsync($"{Routes.Collaborations}/{collaboration}/charters?after={after + versions.Count}",
                ProtocolJson.Default.CharterBook, cancellationToken);
            if (book.Versions.Count == 0)
            {
                break;
            }

            versions.AddRange(book.Versions);
        }

        return versions;
    }
}
