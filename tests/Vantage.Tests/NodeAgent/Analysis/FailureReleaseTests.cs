using Vantage.NodeAgent.Policy;
using Vantage.NodeAgent.TaskTypes.Analysis;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Manifests;
using Vantage.Tests.NodeAgent.Doubles;
using Vantage.Tests.NodeAgent.Policy;
using Vantage.Tests.Protocol;

namespace Vantage.Tests.NodeAgent.Analysis;

/// <summary>What code beside the data says of its failure stays there, unless the policy releases it.</summary>
public sealed class FailureReleaseTests
{
    private const string Secret = "Mrs Jones is 97";

    private static readonly TaskManifest Foreign = new Alliance().Ask(Partner.Now, manifest => manifest with
    {
        Algorithm = AlgorithmRef.Parse("oci:registry.example.org/stats/mean@sha256:" + new string('a', 64)),
    }).Manifest;

    [Theory]
    [InlineData(RunCodes.AlgorithmFailed, RunCodes.AlgorithmFailed)]
    [InlineData(RunCodes.DataInvalid, RunCodes.DataInvalid)]
    [InlineData(Secret, RunCodes.AlgorithmFailed)]
    public void OfAnError_CodeFunctionAndLineLeave_AndNoWordOfTheAlgorithms(string told, string code)
    {
        var failure = new RunFailure(told, Secret, Secret, Secret, $"{Secret}\n  in Mrs_Jones_97.py:line 97");

        var (left, message, detail) = FailureRelease.Of(failure, Foreign, Rule(ErrorRelease.CodeOnly));

        Assert.Equal((code, null), (left, detail));
        Assert.DoesNotContain("Jones", message, StringComparison.Ordinal);
        Assert.Contains("'partial'", message, StringComparison.Ordinal);
        Assert.Contains("at line 97", message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhereThePolicyReleasesThem_TheyLeaveWhole()
    {
        var (_, message, detail) = FailureRelease.Of(new RunFailure(RunCodes.AlgorithmFailed, Secret, Detail: "why"), Foreign, Rule(ErrorRelease.Release));

        Assert.Equal((Secret, "why"), (message, detail));
    }

    private static AcceptRule Rule(ErrorRelease errors) => PolicyWorld.Rule with { Errors = errors };
}
