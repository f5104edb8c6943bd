using System.Globalization;
using System.Text.RegularExpressions;

namespace Vantage.Tests.Notebooks;

public sealed partial class RClientTests(ITestOutputHelper output)
{
    [Fact]
    public async Task RClient_ItsOwnLaws_AllHold()
    {
        var said = await OtherLanguage.RunAsync("Rscript", Path.Combine(OtherLanguage.Sdk, "r"),
            ["--vanilla", "tests/tests.R"], TestContext.Current.CancellationToken);

        output.WriteLine(said);
        var held = Held().Match(said);
        Assert.True(held.Success, said);
        Assert.True(int.Parse(held.Groups[1].ValueSpan, CultureInfo.InvariantCulture) >= 14, held.Value);
    }

    [GeneratedRegex("([0-9]+) laws hold")]
    private static partial Regex Held();
}
