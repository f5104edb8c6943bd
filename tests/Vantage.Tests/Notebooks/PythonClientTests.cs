using System.Globalization;
using System.Text.RegularExpressions;

namespace Vantage.Tests.Notebooks;

public sealed partial class PythonClientTests(ITestOutputHelper output)
{
    [Fact]
    public async Task PythonClient_ItsOwnTests_AllPass()
    {
        var said = await OtherLanguage.RunAsync("/usr/bin/python3", Path.Combine(OtherLanguage.Sdk, "python"),
            ["-B", "-m", "unittest", "discover", "-v", "-s", "tests", "-t", "."], TestContext.Current.CancellationToken);

        output.WriteLine(said);
        var ran = Ran().Match(said);
        Assert.True(ran.Success, said);
        Assert.True(int.Parse(ran.Groups[1].ValueSpan, CultureInfo.InvariantCulture) >= 60, ran.Value);
    }

    [GeneratedRegex("Ran ([0-9]+) tests")]
    private static partial Regex Ran();
}
