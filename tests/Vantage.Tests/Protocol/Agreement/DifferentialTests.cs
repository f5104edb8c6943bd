using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace Vantage.Tests.Protocol.Agreement;

/// <summary>
/// Certificates and documents, bent at random and signed again: both implementations accept the same ones, and refuse the
/// others for the same reason. A disagreement is shown whole, ready to become a vector.
/// </summary>
public sealed class DifferentialTests
{
    private static readonly bool IsSoak = Environment.GetEnvironmentVariable("VANTAGE_TIER") == "soak";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whatever_is_bent_both_implementations_judge_it_alike()
    {
        var rounds = IsSoak ? 200 : 1;
        for (var round = 0; round < rounds; round++)
        {
            var seed = IsSoak ? RandomNumberGenerator.GetInt32(int.MaxValue) : 1;
            var bent = await BendAsync(seed, IsSoak ? 2500 : 500);
            AssertSame(bent.GetProperty("certificates"), vector => CertificateVectorTests.Verify(vector).Identity.ToString());
            AssertSame(bent.GetProperty("documents"), DocumentVectors.SignerOf);
        }
    }

    private static async Task<JsonElement> BendAsync(int seed, int count)
    {
        var (exitCode, output, error) = await SecondImplementation.RunAsync(
            "differential.py", "", Token, seed.ToString(CultureInfo.InvariantCulture), count.ToString(CultureInfo.InvariantCulture));
        Assert.True(exitCode == 0, error);
        using var bent = JsonDocument.Parse(output);
        return bent.RootElement.Clone();
    }

    private static void AssertSame(JsonElement bent, Func<JsonElement, string> judge)
    {
        foreach (var vector in bent.EnumerateArray())
        {
            string? accepted = null;
            var found = Vectors.ReasonOf(() => accepted = judge(vector)) ?? accepted;
            Assert.True(vector.Text("found") == found, $"Found {found} for {vector}");
        }

        Assert.NotEqual(0, bent.GetArrayLength());
    }
}
