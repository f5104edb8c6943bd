using System.Collections.Immutable;

namespace Vantage.NodeAgent.Runtimes.Warm;

/// <summary>One worker as the shelf sees it.</summary>
/// <param name="MemoryMiB">What it may use.</param>
/// <param name="IsBusy">Starting or at work on a call.</param>
/// <param name="Since">When it became what it is.</param>
/// <param name="Until">It is killed then, whatever it does.</param>
internal sealed record WarmSeat(long Id, WarmIdentity Identity, int MemoryMiB, bool IsBusy, DateTimeOffset Since, DateTimeOffset Until);

/// <summary>What is to be done with a call.</summary>
internal abstract record WarmChoice
{
    private WarmChoice() { }

    /// <summary>An idle worker of exactly this identity does it.</summary>
    public sealed record Use(WarmSeat Seat) : WarmChoice;

    /// <summary>A new one does, after these idle ones of others have made room.</summary>
    public sealed record Start(IReadOnlyList<WarmSeat> Evict) : WarmChoice;

    /// <summary>
    /// There is no room: the run goes its own way, as it would without warm workers. It costs a start either way, and whoever asked
    /// a moment ago asks again: where five jobs take turns on four places, four of them keep theirs.
    /// </summary>
    public sealed record Cold : WarmChoice;
}

/// <summary>
/// Who may share what, and what has to go. Pure: it takes what there is and what is asked, and says what to do. An idle
/// worker is never given to anyone but its own identity, and one at work to nobody.
/// </summary>
internal sealed record WarmShelf(ImmutableList<WarmSeat> Seats)
{
    public static readonly WarmShelf Empty = new([]);

    /// <param name="needed">How long the call may take.</param>
    public WarmChoice Choose(WarmIdentity asker, int memoryMiB, TimeSpan needed, WarmBounds bounds, DateTimeOffset now)
    {
        if (Seats.FirstOrDefault(seat => !seat.IsBusy && seat.Identity == asker && seat.Until - now >= needed) is { } own)
        {
            return new WarmChoice.Use(own);
        }

        var evict = new List<WarmSeat>();
        var idle = new Queue<WarmSeat>(Seats.Where(seat => !seat.IsBusy && now - seat.Since >= WarmBounds.Rest).OrderBy(seat => seat.Since).ThenBy(seat => seat.Id));
        while (!HasRoom(memoryMiB, bounds, evict))
        {
            if (!idle.TryDequeue(out var oldest))
            {
                return new WarmChoice.Cold();
            }

            evict.Add(oldest);
        }

        return new WarmChoice.Start(evict);
    }

    public WarmShelf With(WarmSeat seat) => new(Seats.RemoveAll(other => other.Id == seat.Id).Add(seat));

    public WarmShelf Without(long id) => new(Seats.RemoveAll(seat => seat.Id == id));

    private bool HasRoom(int memoryMiB, WarmBounds bounds, List<WarmSeat> without)
    {
        var left = Seats.Except(without).ToList();
        return left.Count < bounds.Workers && left.Sum(seat => (long)seat.MemoryMiB) + memoryMiB <= bounds.MemoryMiB;
    }
}
