using System.Diagnostics;
using System.Security.Cryptography;
using Vantage.Benchmarks.Reporting;
using Vantage.Protocol.Cryptography;

namespace Vantage.Benchmarks.Sections;

/// <summary>Signing and verifying on one core, beside the framework's own key object with nothing around it.</summary>
internal static class CryptographySection
{
    public const string Name = "cryptography";

    public static void Run(BenchOptions options, Report report)
    {
        var window = options.Size(TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(30));
        var data = RandomNumberGenerator.GetBytes(4096);
        using var bare = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var ours = SigningKey.Create();
        var (bareSignature, signature) = (bare.SignData(data, HashAlgorithmName.SHA256), ours.Sign(data));
        report.Add(new Figure(Name, "sign, one core", Rate(window, () => ours.Sign(data)), "1/s",
            new("ECDsa.SignData", Rate(window, () => bare.SignData(data, HashAlgorithmName.SHA256)))));
        report.Add(new Figure(Name, "verify, one core", Rate(window, () => ours.PublicKey.Verify(data, signature)), "1/s",
            new("ECDsa.VerifyData", Rate(window, () => bare.VerifyData(data, bareSignature, HashAlgorithmName.SHA256)))));
    }

    private static double Rate(TimeSpan window, Action once)
    {
        once();
        var began = Stopwatch.GetTimestamp();
        var count = 0;
        while (Stopwatch.GetElapsedTime(began) < window)
        {
            once();
            count++;
        }

        return count / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }
}
