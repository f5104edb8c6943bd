using Vantage.NodeAgent.Images;
using Vantage.NodeAgent.Images.Reviews;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Manifests;
using Vantage.Protocol.Reviews;

namespace Vantage.Tests.Images;

/// <summary>Reviewers let an image run by their own signatures, whatever the Coordinator that keeps them says or holds back.</summary>
public sealed class ReviewedImageTests : IAsyncLifetime
{
    private readonly SampleImage image = SampleImage.Make("1.4.0");
    private ImageWorld world = null!;

    private ReviewShelf Reviews => world.Reviews;

    private AlgorithmRef Algorithm => AlgorithmRef.Parse($"oci:{world.Repository}@{image.Digest}");

    public async ValueTask InitializeAsync()
    {
        world = await ImageWorld.StartAsync();
        world.Put(image);
    }

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task WhatEnoughReviewersApproved_RunsWithoutAPublisher_AndTheReceiptNamesThem()
    {
        Tell(ReviewShelf.Say(Reviews.North, Algorithm), ReviewShelf.Say(Reviews.South, Algorithm));

        var facts = Assert.IsType<ImageVerdict.Verified>(await AskAsync(Reviews.Group(2, 2))).Facts;

        Assert.Equal(("reviewed", "methods board", null), (facts.How, facts.Publisher, facts.Key));
        Assert.Equal([Reviews.North.User, Reviews.South.User], facts.Receipt.Reviews!.Select(review => review.Reviewer).OrderBy(user => user.Value));
    }

    [Fact]
    public async Task WithAPublisherBesides_BothAreNeeded()
    {
        Tell(ReviewShelf.Say(Reviews.North, Algorithm));
        Assert.Equal("image-unsigned", await CodeAsync(Reviews.Group(), world.Publisher()));

        world.SignByTag(image.Digest);

        Assert.IsType<ImageVerdict.Verified>(await world.AskAsync(image.Digest, [Reviews.Group()], world.Publisher()));
        Assert.Equal("image-unreviewed", await CodeAsync(Reviews.Group(2), world.Publisher()));
    }

    [Fact]
    public async Task TooFew_TheSamePersonTwice_AStrangerAndAnotherCodesApproval_AreNotEnough()
    {
        var other = AlgorithmRef.Parse($"oci:{world.Repository}@{Digest.Of("other"u8)}");
        Tell(ReviewShelf.Say(Reviews.North, Algorithm), ReviewShelf.Say(Reviews.North, Algorithm, serial: 2),
            ReviewShelf.Say(Reviews.Stranger, Algorithm), ReviewShelf.Say(Reviews.South, other));

        Assert.Equal("image-unreviewed", await CodeAsync(Reviews.Group(2)));
    }

    [Fact]
    public async Task OneNo_IsEnough()
    {
        Tell(ReviewShelf.Say(Reviews.North, Algorithm), ReviewShelf.Say(Reviews.South, Algorithm, ReviewVerdict.Rejected));

        Assert.Equal("image-rejected", await CodeAsync(Reviews.Group()));
    }

    [Fact]
    public async Task ANoThatWasHeardOnce_CantBeHeldBack_NotEvenAfterARestart()
    {
        var (approved, revoked) = (ReviewShelf.Say(Reviews.North, Algorithm), ReviewShelf.Say(Reviews.North, Algorithm, ReviewVerdict.Revoked, serial: 2));
        Tell(approved);
        Assert.IsType<ImageVerdict.Verified>(await AskAsync(Reviews.Group()));
        Tell(revoked);
        Assert.Equal("image-rejected", await CodeAsync(Reviews.Group()));

        Tell(approved);
        world.Restart();

        Assert.Equal("image-rejected", await CodeAsync(Reviews.Group()));
        Tell(ReviewShelf.Say(Reviews.North, Algorithm, serial: 3));
        Assert.IsType<ImageVerdict.Verified>(await AskAsync(Reviews.Group()));
    }

    [Fact]
    public async Task AnApproval_EndsByItself()
    {
        Tell(ReviewShelf.Say(Reviews.North, Algorithm, lasts: TimeSpan.FromDays(30)));
        Assert.IsType<ImageVerdict.Verified>(await AskAsync(Reviews.Group()));

        world.Clock.Advance(TimeSpan.FromDays(31));

        Assert.Equal("image-unreviewed", await CodeAsync(Reviews.Group()));
    }

    [Fact]
    public async Task AnAlteredReview_CountsForNothing()
    {
        var good = ReviewShelf.Say(Reviews.North, Algorithm);
        Tell(good[..^4] + (good[^4] == 'A' ? 'B' : 'A') + good[^3..], "nonsense");

        Assert.Equal("image-unreviewed", await CodeAsync(Reviews.Group()));
    }

    private void Tell(params string[] reviews)
    {
        Reviews.Told.Clear();
        Reviews.Told.AddRange(reviews);
    }

    private Task<ImageVerdict> AskAsync(ReviewerGroup group) => world.AskAsync(image.Digest, [group]);

    private async Task<string> CodeAsync(ReviewerGroup group, params Publisher[] publishers) =>
        Assert.IsType<ImageVerdict.Refused>(await world.AskAsync(image.Digest, [group], publishers)).Code;
}
