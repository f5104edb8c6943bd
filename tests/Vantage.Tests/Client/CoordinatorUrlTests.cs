using Vantage.Client.Connection;
using Vantage.Client.Errors;

namespace Vantage.Tests.Client;

public sealed class CoordinatorUrlTests
{
    [Theory]
    [InlineData("https://vantage.example.org", "https://vantage.example.org/")]
    [InlineData("https://example.org/vantage", "https://example.org/vantage/")]
    [InlineData("http://127.0.0.1:8080", "http://127.0.0.1:8080/")]
    [InlineData("http://127.9.9.9", "http://127.9.9.9/")]
    [InlineData("http://localhost:8080/", "http://localhost:8080/")]
    [InlineData("http://[::1]:8080", "http://[::1]:8080/")]
    [InlineData("  https://vantage.example.org ", "https://vantage.example.org/")]
    public void AUrlThatIsSafe_IsTaken(string text, string url) =>
        Assert.Equal(url, CoordinatorUrl.Parse(text).ToString());

    [Theory]
    [InlineData("http://vantage.example.org", "plain http")]
    [InlineData("http://10.0.0.1", "plain http")]
    [InlineData("http://127.0.0.1.example.org", "plain http")]
    [InlineData("http://localhost.example.org", "plain http")]
    [InlineData("http://0.0.0.0", "plain http")]
    [InlineData("ftp://vantage.example.org", "ftp")]
    [InlineData("file:///etc/passwd", "file")]
    [InlineData("https://user:secret@vantage.example.org", "no user")]
    [InlineData("https://vantage.example.org/?token=secret", "no user")]
    [InlineData("vantage.example.org", "not a url")]
    [InlineData("", "not a url")]
    public void AUrlThatIsNot_IsRefusedInWords(string text, string said)
    {
        var refusal = Assert.Throws<VantageException>(() => CoordinatorUrl.Parse(text));

        Assert.Equal(ClientErrorCodes.InsecureUrl, refusal.Code);
        Assert.Contains(said, refusal.What, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refusal.Message, StringComparison.Ordinal);
        Assert.NotNull(refusal.Next);
    }
}
