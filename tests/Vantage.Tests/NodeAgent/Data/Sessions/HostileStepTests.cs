using System.Text;
using Vantage.NodeAgent.Data.Sessions;
using Vantage.NodeAgent.Data.Sessions.Planning;
using Vantage.NodeAgent.TaskTypes.Analysis.Sessions;
using Vantage.Protocol.Algorithms;

namespace Vantage.Tests.NodeAgent.Data.Sessions;

/// <summary>Steps that can't be done are refused by number and name before any row is read.</summary>
public sealed class HostileStepTests
{
    private static readonly PlanInput Table = new("table", "/nowhere", ".", [], FrameShape.OfSource("table",
        [new("age", ColumnType.Number), new("sex", ColumnType.Text), new("na\"me; --", ColumnType.Text), new("c1", ColumnType.Number)]));

    [Theory]
    [InlineData("""[{"do":"select","columns":["agee"]}]""", "Step 1 (select): there is no column 'agee' here. Did you mean 'age'?")]
    [InlineData("""[{"do":"select","columns":["sex"]},{"do":"filter","where":"age > 1"}]""", "Step 2 (filter): there is no column 'age'")]
    [InlineData("""[{"do":"select","columns":["age","age"]}]""", "'age' is named twice")]
    [InlineData("""[{"do":"filter","where":"age"}]""", "'where' is a condition")]
    [InlineData("""[{"do":"filter","where":"sex > 'a'"}]""", "texts are equal or not")]
    [InlineData("""[{"do":"filter","where":"sex == 1"}]""", "compares two numbers or two texts")]
    [InlineData("""[{"do":"filter","where":"age > 1; DROP TABLE x"}]""", "character 8: this character means nothing here")]
    [InlineData("""[{"do":"filter","where":"age = 1"}]""", "equal is written '=='")]
    [InlineData("""[{"do":"filter","where":"1 < age < 3"}]""", "an operator or the end is expected")]
    [InlineData("""[{"do":"filter","where":"system('id') == 1"}]""", "there is no function 'system'")]
    [InlineData("""[{"do":"filter","where":"read_csv('/etc/passwd') == 1"}]""", "there is no function 'read_csv'")]
    [InlineData("""[{"do":"derive","column":"x","as":"1e400"}]""", "beyond the range of a double")]
    [InlineData("""[{"do":"derive","column":"x","as":"'a"}]""", "the quote ' is not closed")]
    [InlineData("""[{"do":"derive","column":"x","as":"log(sex)"}]""", "a number is expected here, and this is a text")]
    [InlineData("""[{"do":"derive","column":"","as":"1"}]""", "1 to 200 characters")]
    [InlineData("""[{"do":"derive","column":"AGE","as":"1"}]""", "differ only in the case of letters: 'age', 'AGE'")]
    [InlineData("""[{"do":"recode","column":"age","values":[{"from":"a","to":1}]}]""", "'age' holds numbers, and a text is given")]
    [InlineData("""[{"do":"recode","column":"sex","values":[{"from":"f","to":1}]}]""", "\"others\": \"missing\"")]
    [InlineData("""[{"do":"recode","column":"sex","values":[{"from":"f","to":"a\u0000b"}]}]""", "control characters")]
    [InlineData("""[{"do":"join","with":"other","on":["age"],"take":["x"]}]""", "no data labelled 'other'")]
    [InlineData("""[{"do":"impute","columns":["sex"],"by":"mean"}]""", "'sex' holds texts")]
    [InlineData("""[{"do":"scale","column":"age","scale":0}]""", "a scale is not 0")]
    [InlineData("""[{"do":"encode","column":"sex","levels":["f","f"]}]""", "each once")]
    [InlineData("""[{"do":"aggregate","by":["sex"],"values":[{"column":"m","of":"mean"}]}]""", "does not say of which column")]
    public void Steps_AreRefusedByName(string steps, string why) =>
        Assert.Contains(why, Assert.Throws<StepsRefused>(() => FrameBench.Plan(steps, Table)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"frame":"f","steps":[{"do":"sql","text":"SELECT 1"}]}""", "as docs/sessions.md describes them")]
    [InlineData("""{"frame":"f","steps":[{"do":"select","columns":["a"],"also":1}]}""", "as docs/sessions.md describes them, at $.steps[0]")]
    [InlineData("""{"frame":"../f","steps":[]}""", "A frame's name has")]
    [InlineData("""{"steps":[]}""", "as docs/sessions.md describes them")]
    [InlineData("""{"frame":"f","steps":null}""", "as docs/sessions.md describes them")]
    public void Arguments_AreReadStrictly(string arguments, string why) =>
        Assert.Contains(why, Assert.Throws<StepsRefused>(() => SessionColumns.Read(Encoding.UTF8.GetBytes(arguments))).Message, StringComparison.Ordinal);

    [Fact]
    public void TenThousandSteps_AreRefusedByTheirNumber() => Assert.Contains("10000 steps, and a frame takes at most 200",
        Assert.Throws<StepsRefused>(() => SessionColumns.Read(Encoding.UTF8.GetBytes(
            $$"""{"frame":"f","steps":[{{string.Join(',', Enumerable.Repeat("""{"do":"filter","where":"age > 1"}""", 10_000))}}]}"""))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(60, "nested more than 50 deep")]
    [InlineData(20, "too large to compute")]
    public void NestedGuards_HaveAnEnd(int deep, string why)
    {
        var nested = Enumerable.Range(0, deep).Aggregate("age", (inner, _) => $"ifelse({inner} + 1 > 0, 1, 2)");

        Assert.Contains(why, Assert.Throws<StepsRefused>(() => FrameBench.Plan($$"""[{"do":"derive","column":"x","as":"{{nested}}"}]""", Table)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NoNameOfARequest_IsPartOfAStatement_ExceptTheFramesOwn()
    {
        var plan = FrameBench.Plan("""[{"do":"filter","where":"`na\"me; --` != 'x'' OR 1=1 --'"},{"do":"select","columns":["age"]}]""".Replace("''", "\\\\'", StringComparison.Ordinal), Table);

        Assert.DoesNotContain("na\"", Assert.Single(plan.Parts).Query, StringComparison.Ordinal);
        Assert.Contains("'x'' OR 1=1 --'", Assert.Single(plan.Parts).Query, StringComparison.Ordinal);
        Assert.EndsWith("AS \"age\" FROM s2 ORDER BY n", Assert.Single(plan.Parts).Query, StringComparison.Ordinal);
    }
}
