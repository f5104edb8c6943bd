using System.Globalization;
using Vantage.Coordinator.Audit.Sealing;
using Vantage.Coordinator.Hosting;
using Vantage.Protocol.Api;
using Vantage.Protocol.Audits.Trees;

namespace Vantage.Coordinator.Audit.Reading;

/// <summary>What somebody needs to verify the trail who may not read all of it.</summary>
internal sealed class TrailHandlers(TreeReader tree, SealKey key)
{
    public async Task<Answer<AuditTrailView>> ShowAsync(int? heads, CancellationToken cancellationToken) =>
        heads is < 1 or > AuditTrailView.MostHeads
            ? Refusal.Invalid(("heads", $"between 1 and {AuditTrailView.MostHeads}"))
            : new AuditTrailView(key.Key.PublicKey.ToSubjectPublicKeyInfo(), await tree.SpreadAsync(heads ?? 1, cancellationToken));

    public async Task<Answer<AuditHashes>> HashesAsync(string at, CancellationToken cancellationToken)
    {
        var places = at.Split(',').Select(Place).ToList();
        return places.Count > AuditHashes.MostPlaces || places.Contains(null)
            ? Refusal.Invalid(("at", $"1 to {AuditHashes.MostPlaces} subtrees as LEVEL.INDEX, with commas between"))
            : await tree.SubtreesAsync([.. places.Select(place => place!.Value)], cancellationToken) is { } hashes
                ? new AuditHashes(hashes)
                : Refusal.Invalid(("at", "not all of these subtrees are full"));
    }

    private static SubtreePlace? Place(string text) =>
        text.Split('.') is [var level, var index]
        && int.TryParse(level, NumberStyles.None, CultureInfo.InvariantCulture, out var l) && l <= AuditHashes.HighestLevel
        && long.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var i) && i <= long.MaxValue >> (l + 1)
            ? new SubtreePlace(l, i)
            : null;
}
