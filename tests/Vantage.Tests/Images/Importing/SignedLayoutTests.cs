using Vantage.Protocol.Images;
using Vantage.Protocol.Images.Archives;
using Vantage.Protocol.Images.Signing;

namespace Vantage.Tests.Images.Importing;

/// <summary>A file is held to what a registry is held to.</summary>
public sealed class SignedLayoutTests : IDisposable
{
    private static readonly ImageRepository Repository = ImageRepository.Parse("registry.example.org/vantage/glm");

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vtg-layout-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string File => Path.Combine(folder.FullName, "image.tar");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task BothFormsOfSignature_AreFound_AndSurviveBeingCopied()
    {
        var (image, key) = (SampleImage.Make(), await KeyAsync("right"));
        var tagged = await ByOpenssl.SigTagAsync(image, key, Repository.ToString());
        var bundled = await ByOpenssl.BundleAsync(image, key);

        foreach (var (artefacts, how) in new[] { (tagged, "sig-tag"), (bundled, "bundle") })
        {
            new SavedArchive(image).Layer().List().Add(artefacts).Write(File);
            Assert.Equal(how, (await VerifyAsync(File, image, key)).How);

            var copy = Path.Combine(folder.FullName, how);
            using (var layout = SignedLayout.Open(File))
            await using (var to = System.IO.File.Create(copy))
            await using (var writer = new LayoutWriter(to))
            {
                await layout.Of(layout.Images[0], Repository).CopyAsync(image.Digest, writer, withLayers: true, Cancel);
                await writer.FinishAsync(Cancel);
            }

            Assert.Equal(how, (await VerifyAsync(copy, image, key)).How);
        }
    }

    [Fact]
    public async Task WhatARegistryWouldBeRefusedFor_AFileIsRefusedForToo()
    {
        var (image, key, other) = (SampleImage.Make(), await KeyAsync("right"), await KeyAsync("wrong"));
        var signed = await ByOpenssl.SigTagAsync(image, key, Repository.ToString());
        var foreign = await ByOpenssl.SigTagAsync(SampleImage.Make("2.0.0"), key, Repository.ToString());
        (ImageFault Fault, SavedArchive Archive)[] cases =
        [
            (ImageFault.ImageUnsigned, new SavedArchive(image).Layer().List()),
            (ImageFault.ImageWrongKey, new SavedArchive(image).Layer().List().Add(await ByOpenssl.SigTagAsync(image, other, "a.example/b"))),
            (ImageFault.ImageSignatureMisplaced, new SavedArchive(image).Layer().List().Add(foreign)),
            (ImageFault.ImageAmbiguous, new SavedArchive(image).Layer().List().List().Add(signed)),
            (ImageFault.ImageAmbiguous, new SavedArchive(image).Layer().List().Add(signed).Add(foreign)),
            (ImageFault.ImageNotFound, new SavedArchive(image).List(digest: "sha256:" + new string('0', 64)).Add(signed)),
            (ImageFault.ImageMalformed, new SavedArchive(image).Add(signed)),
        ];
        foreach (var (fault, archive) in cases)
        {
            archive.Write(File);

            Assert.Equal(fault, (await Assert.ThrowsAsync<ImageException>(() => VerifyAsync(File, image, key))).Fault);
        }
    }

    [Fact]
    public async Task WhatADockerOfOldWrites_HasNothingThatCouldBeSigned()
    {
        var (image, key) = (SampleImage.Make(), await KeyAsync("right"));
        image.WriteDockerArchive(File);

        var refused = await Assert.ThrowsAsync<ImageException>(() => VerifyAsync(File, image, key));

        Assert.Contains("vantage algorithm save", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AName_IsARepositoryOnlyWhereItIsOne()
    {
        new SavedArchive(SampleImage.Make()).List($"{Repository}:1.0.0").Write(File);
        using var named = SignedLayout.Open(File);
        new SavedArchive(SampleImage.Make()).List("latest").Write(File);
        using var tagged = SignedLayout.Open(File);

        Assert.Equal(Repository, named.Images[0].Repository);
        Assert.Null(tagged.Images[0].Repository);
    }

    private async Task<string> KeyAsync(string name) => await OpenSsl.KeyAsync(Path.Combine(folder.FullName, name));

    private static async Task<VerifiedSignature> VerifyAsync(string file, SampleImage image, string key)
    {
        using var layout = SignedLayout.Open(file);
        var publisher = PublisherKey.FromPem("authors", await System.IO.File.ReadAllTextAsync(key + ".pub", Cancel));
        return await ImageVerifier.VerifyAsync(layout.Of(layout.Images[0], Repository), layout.Images[0].Root.Digest, [publisher], Cancel);
    }
}
