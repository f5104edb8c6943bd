using FsCheck;
using FsCheck.Fluent;
using Vantage.NodeAgent.Runtimes;
using Vantage.NodeAgent.Runtimes.Warm;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Manifests;

namespace Vantage.Tests.NodeAgent.Runtimes.Warm;

/// <summary>Who may share what, over whole histories of a node.</summary>
public sealed class WarmShelfProperties
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(500);
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly WarmBounds Bounds = new(3, 1000, TimeSpan.FromMinutes(2));
    private static readonly WarmIdentity Base = new(
        CollaborationId.New(TimeProvider.System), JobId.New(TimeProvider.System), OrganizationId.New(TimeProvider.System),
        UserId.New(TimeProvider.System), null, "readers", AlgorithmRef.Parse("builtin:a@1+sha256:" + new string('0', 64)),
        new RuntimeCode.Worker(), "data", "sandbox", "policy");

    /// <summary>Each differs from the first in one thing only.</summary>
    private static readonly IReadOnlyList<WarmIdentity> Identities =
    [
        Base,
        Base with { Collaboration = CollaborationId.New(TimeProvider.System) },
        Base with { Job = JobId.New(TimeProvider.System) },
        Base with { Organization = OrganizationId.New(TimeProvider.System) },
        Base with { User = UserId.New(TimeProvider.System) },
        Base with { Delegate = NodeId.New(TimeProvider.System) },
        Base with { Readers = "others" },
        Base with { Algorithm = AlgorithmRef.Parse("builtin:a@1+sha256:" + new string('1', 64)) },
        Base with { Data = "other data" },
        Base with { Sandbox = "another sandbox" },
        Base with { Policy = "another policy" },
    ];

    private sealed record Step(int Identity, int MemoryMiB, int Seconds, bool Returns);

    private static Gen<Step> Steps =>
        from identity in Gen.Choose(0, 10)
        from memory in Gen.Elements(10, 300, 500, 1001)
        from seconds in Gen.Choose(0, 100)
        from returns in Gen.Elements(true, true, false)
        select new Step(identity, memory, seconds, returns);

    [Fact]
    public void NoWorker_IsEverGivenToAnotherIdentity_OrWhileItIsBusy() => Hold((shelf, step, choice) =>
        choice is not WarmChoice.Use { Seat: var seat } || (seat.Identity == Identities[step.Identity] && !seat.IsBusy && shelf.Seats.Contains(seat)));

    [Fact]
    public void OnlyIdleOnes_MakeRoom() => Hold((shelf, _, choice) =>
        choice is not WarmChoice.Start { Evict: var evict } || evict.All(seat => !seat.IsBusy && shelf.Seats.Contains(seat)));

    [Fact]
    public void TheBounds_AreNeverExceeded() => Hold((shelf, _, _) =>
        shelf.Seats.Count <= Bounds.Workers && shelf.Seats.Sum(seat => seat.MemoryMiB) <= Bounds.MemoryMiB);

    [Fact]
    public void OneThatWasAtWorkAMomentAgo_DoesNotGoForOthers() => Hold((_, _, now, choice) =>
        choice is not WarmChoice.Start { Evict: var evict } || evict.All(seat => now - seat.Since >= WarmBounds.Rest));

    [Fact]
    public void WhereMoreJobsTakeTurnsThanThereArePlaces_TheFirstKeepTheirs()
    {
        var (shelf, now, started) = (WarmShelf.Empty, Start, 0);
        foreach (var job in Enumerable.Range(0, 40).Select(turn => Identities[turn % (Bounds.Workers + 1)]))
        {
            now += TimeSpan.FromMilliseconds(300);
            var seat = shelf.Choose(job, 10, TimeSpan.FromSeconds(30), Bounds, now) switch
            {
                WarmChoice.Use use => use.Seat with { Since = now },
                WarmChoice.Start => new WarmSeat(++started, job, 10, IsBusy: false, now, now.AddHours(12)),
                _ => null,
            };
            shelf = seat is null ? shelf : shelf.With(seat);
        }

        Assert.Equal(Bounds.Workers, started);
    }

    [Fact]
    public void ACallGoesCold_OnlyWhereThoseAtWorkOrJustDoneLeaveNoRoom() => Hold((shelf, step, now, choice) =>
    {
        var busy = shelf.Seats.Where(seat => seat.IsBusy || now - seat.Since < WarmBounds.Rest).ToList();
        return choice is not WarmChoice.Cold || busy.Count >= Bounds.Workers || busy.Sum(seat => seat.MemoryMiB) + step.MemoryMiB > Bounds.MemoryMiB;
    });

    [Fact]
    public void JoinedTexts_AreTheSameOnlyIfTheyAre() => Prop.ForAll(
        Arb.From(Gen.Elements("", "a", "1:a;", "a;", ";", "-;", null!).ListOf()), Arb.From(Gen.Elements("", "a", "1:a;", "a;", ";", "-;", null!).ListOf()),
        (one, other) => (WarmIdentity.Join(one) == WarmIdentity.Join(other)) == one.SequenceEqual(other)).Check(Many);

    private static void Hold(Func<WarmShelf, Step, WarmChoice, bool> law) => Hold((shelf, step, _, choice) => law(shelf, step, choice));

    private static void Hold(Func<WarmShelf, Step, DateTimeOffset, WarmChoice, bool> law) => Prop.ForAll(Arb.From(Steps.ListOf(40)), steps =>
    {
        var (shelf, now, last) = (WarmShelf.Empty, Start, 0L);
        foreach (var step in steps)
        {
            now += TimeSpan.FromSeconds(step.Seconds);
            var choice = shelf.Choose(Identities[step.Identity], step.MemoryMiB, TimeSpan.FromSeconds(30), Bounds, now);
            if (!law(shelf, step, now, choice))
            {
                return false;
            }

            WarmSeat? taken = null;
            if (choice is WarmChoice.Use use)
            {
                taken = use.Seat with { IsBusy = true, Since = now };
            }
            else if (choice is WarmChoice.Start start)
            {
                shelf = start.Evict.Aggregate(shelf, (left, seat) => left.Without(seat.Id));
                taken = new WarmSeat(++last, Identities[step.Identity], step.MemoryMiB, IsBusy: true, now, now.AddHours(12));
            }

            if (taken is not null)
            {
                shelf = shelf.With(step.Returns ? taken with { IsBusy = false } : taken);
            }

            // Now and then one that is at work has done its call.
            if (step.Seconds > 60 && shelf.Seats.FirstOrDefault(seat => seat.IsBusy) is { } oldest)
            {
                shelf = shelf.With(oldest with { IsBusy = false, Since = now });
            }
        }

        return true;
    }).Check(Many);
}
