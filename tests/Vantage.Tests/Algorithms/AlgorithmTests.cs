using System.Security.Cryptography;
using Vantage.Algorithms;
using Vantage.Algorithms.Functions;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Manifests;
using Vantage.Statistics;
using Vantage.Statistics.Summaries;

namespace Vantage.Tests.Algorithms;

public sealed class AlgorithmTests
{
    [Fact]
    public void TheDigest_IsThatOfBothAssembliesDigests()
    {
        var statistics = SHA256.HashData(File.ReadAllBytes(typeof(Summary).Assembly.Location));
        var algorithms = SHA256.HashData(File.ReadAllBytes(typeof(Algorithm).Assembly.Location));

        var expected = Convert.ToHexStringLower(SHA256.HashData([.. statistics, .. algorithms]));

        Assert.Equal($"builtin:summary@1.0.0+sha256:{expected}", Summary.Algorithm.Reference.Text);
    }

    [Fact]
    public void TheCatalogue_NamesEachAlgorithmByItsReference()
    {
        var catalogue = StandardLibrary.Algorithms.Catalogue();

        foreach (var entry in catalogue.Algorithms)
        {
            var reference = AlgorithmRef.Parse(entry.Ref);
            Assert.Equal((entry.Manifest.Name, entry.Manifest.Version), (reference.Name, reference.Version));
            Assert.Equal(reference, StandardLibrary.Algorithms.Find(entry.Ref).Reference);
        }
    }

    [Fact]
    public void TheSchema_DescribesArguments()
    {
        var schema = Summary.Partial.ArgumentsSchema.GetProperty("properties").GetProperty("columns");

        Assert.Contains("numbers", schema.GetProperty("description").GetString(), StringComparison.Ordinal);
        Assert.Equal("string", schema.GetProperty("items").GetProperty("type").GetString());
    }

    [Theory]
    [InlineData("summary")]
    [InlineData("builtin:median@1.0.0+sha256:0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("builtin:summary@1.0.0+sha256:0000000000000000000000000000000000000000000000000000000000000000")]
    public void WhatIsNotHeld_IsNotFound(string reference) => Assert.Equal(
        RunCodes.AlgorithmUnknown, Assert.Throws<RunFailedException>(() => StandardLibrary.Algorithms.Find(reference)).Code);

    [Fact]
    public void AnImage_WasCheckedByTheNode_AndHoldsOneAlgorithm()
    {
        var image = $"oci:registry.example/summary@sha256:{new string('0', 64)}";

        Assert.Same(Summary.Algorithm, new AlgorithmSet(Summary.Algorithm).Find(image));
    }

    [Fact]
    public void ASet_PutsTogetherWhatIsWanted_AndNothingElse()
    {
        var set = new AlgorithmSet(
            new HeldAlgorithm("summary", () => Summary.Algorithm),
            new HeldAlgorithm("other", () => throw new InvalidOperationException("Nobody asked for it.")));

        Assert.Same(Summary.Algorithm, set.Find(Summary.Algorithm.Reference.Text));
        Assert.Contains("It has: summary, other.", Assert.Throws<RunFailedException>(
            () => set.Find("builtin:median@1.0.0+sha256:" + new string('0', 64))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnAlgorithm_IsHeldByItsOwnName() => Assert.Contains(
        "calls itself 'summary'",
        Assert.Throws<InvalidOperationException>(() => new HeldAlgorithm("sum", () => Summary.Algorithm).Algorithm).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("Summary", "1.0.0")]
    [InlineData("", "1.0.0")]
    [InlineData("summary", "1.0.0.0")]
    [InlineData("summary", "v1")]
    public void NamesAndVersions_AreThoseThatAReferenceCanCarry(string name, string version) =>
        Assert.ThrowsAny<ArgumentException>(() => new Algorithm(name, version, "d", typeof(Summary).Assembly, Summary.Partial));

    [Fact]
    public void EveryFunction_NeedsDataExceptCentralOnes()
    {
        var manifest = Summary.Algorithm.Manifest();

        Assert.All(manifest.Functions, f => Assert.Equal(f.Kind != FunctionKind.Central, f.Data.Count > 0));
    }
}
