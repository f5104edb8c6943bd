using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Hosting;

/// <summary>
/// Which page of a list: ids sort by the time of their minting, and a cursor is the last id of the page before. Nothing is
/// skipped or doubled by what is added meanwhile.
/// </summary>
internal readonly record struct PageRequest(Guid After, int Limit)
{
    public const int DefaultLimit = 100;
    public const int MaxLimit = 500;

    public static Answer<PageRequest> Read<TId>(string? cursor, int? limit)
        where TId : struct, IId<TId>
    {
        if (limit is < 1 or > MaxLimit)
            return Refusal.Invalid(("limit", $"between 1 and {MaxLimit}"));
        if (cursor is not null && !Id.TryParse<TId>(cursor, out _))
            return Refusal.Invalid(("cursor", "not one that this list gave out; leave it out to begin from the start"));
        return new PageRequest(cursor is null ? Guid.Empty : Id.Parse<TId>(cursor).Value, limit ?? DefaultLimit);
    }

    /// <summary>One more than a page holds tells whether there is another.</summary>
    public int Fetch => Limit + 1;

    public Page<T> Of<TRow, T>(IReadOnlyList<TRow> fetched, Func<TRow, T> show, Func<TRow, string> id)
    {
        var shown = fetched.Take(Limit).ToList();
        return new Page<T>([.. shown.Select(show)], fetched.Count > Limit ? id(shown[^1]) : null);
    }
}
