using Vantage.NodeAgent.Images;
using Vantage.NodeAgent.Policy;
using Vantage.Protocol.Manifests;
using Vantage.Tests.Images;

namespace Vantage.Tests.Advisories;

/// <summary>
/// Notation could be served an old image, validly signed, by a registry that was broken into. Here three things stand
/// against it, each by itself: a digest in the policy, the publisher's least version, and a list of what was revoked, which
/// nobody gains by holding back.
/// </summary>
public sealed class Cve_2024_23332_OldSignedImagesDoNotComeBackTests : IAsyncLifetime
{
    private readonly SampleImage old = SampleImage.Make("1.3.9");
    private readonly SampleImage current = SampleImage.Make("1.4.0");
    private ImageWorld world = null!;

    public async ValueTask InitializeAsync()
    {
        world = await ImageWorld.StartAsync();
        foreach (var image in new[] { old, current })
        {
            world.Put(image);
            world.SignByTag(image.Digest);
        }
    }

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task BelowThePublishersLeastVersion_NothingRuns()
    {
        Assert.Equal("image-rolled-back", await world.CodeAsync(old.Digest, world.Publisher(minimum: "1.4")));
        Assert.IsType<ImageVerdict.Verified>(await world.AskAsync(current.Digest, world.Publisher(minimum: "1.4")));
    }

    [Fact]
    public async Task WhatIsOnTheList_DoesNotRun_NorDoesAnythingOnceTheListIsTooOld()
    {
        world.Revoke(1, images: [old.Digest], lasts: TimeSpan.FromDays(1));
        Assert.Equal("image-revoked", await world.CodeAsync(old.Digest));
        Assert.IsType<ImageVerdict.Verified>(await world.AskAsync(current.Digest));

        world.Clock.Advance(TimeSpan.FromDays(2));

        Assert.IsType<ImageVerdict.Refused>(await world.AskAsync(current.Digest));
    }

    [Fact]
    public void ADigestInThePolicy_IsThatImageAndNoOther()
    {
        var pattern = AlgorithmPattern.Parse($"oci:{world.Repository}@{current.Digest}")!;

        Assert.True(pattern.Matches(AlgorithmRef.Parse($"oci:{world.Repository}@{current.Digest}")));
        Assert.False(pattern.Matches(AlgorithmRef.Parse($"oci:{world.Repository}@{old.Digest}")));
        Assert.False(pattern.Matches(AlgorithmRef.Parse($"oci:{world.Registry.Host}/other@{current.Digest}")));
    }

    /// <summary>A tag is never asked for: a task names a digest, so a tag that was moved back changes nothing.</summary>
    [Fact]
    public void ATaskWithoutADigest_IsNoTask() => Assert.False(AlgorithmRef.TryParse($"oci:{world.Repository}:1.3.9", out _));
}
