using System.Text;
using Vantage.Coordinator.Accounts.SecondFactors;

namespace Vantage.Tests.Coordinator.Accounts.SecondFactors;

/// <summary>Codes and their spelling, against the published vectors.</summary>
public sealed class TotpVectorTests
{
    private static readonly byte[] Secret = "12345678901234567890"u8.ToArray();

    [Theory]
    // RFC 6238, appendix B, the rows for SHA-1.
    [InlineData(59, "94287082")]
    [InlineData(1111111109, "07081804")]
    [InlineData(1111111111, "14050471")]
    [InlineData(1234567890, "89005924")]
    [InlineData(2000000000, "69279037")]
    [InlineData(20000000000, "65353130")]
    public void Rfc6238(long seconds, string code) =>
        Assert.Equal(code, Totp.Code(Secret, Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds)), 8));

    [Fact]
    public void Rfc4226() => Assert.Equal(
        ["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"],
        Enumerable.Range(0, 10).Select(count => Totp.Code(Secret, count, 6)));

    [Theory]
    // RFC 4648, section 10, without the padding.
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Rfc4648(string text, string encoded)
    {
        Assert.Equal(encoded, Base32.Encode(Encoding.ASCII.GetBytes(text)));
        Assert.True(Base32.TryDecode(encoded.ToLowerInvariant(), text.Length, out var bytes));
        Assert.Equal(text, Encoding.ASCII.GetString(bytes));
    }

    [Fact]
    public void ACode_IsTakenOneStepEitherWay_AndNeverAgain()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
        var step = Totp.StepAt(now);

        Assert.Equal([null, step - 1, step, step + 1, null],
            Enumerable.Range(-2, 5).Select(i => Totp.Find(Secret, Totp.Code(Secret, step + i, 6), now, 0)));
        Assert.Null(Totp.Find(Secret, Totp.Code(Secret, step, 6), now, step));
        Assert.Null(Totp.Find(Secret, Totp.Code(Secret, step - 1, 6), now, step));
        foreach (var wrong in new[] { "", "12345", "1234567", "12345a", "１２３４５６" })
            Assert.Null(Totp.Find(Secret, wrong, now, 0));
    }
}
