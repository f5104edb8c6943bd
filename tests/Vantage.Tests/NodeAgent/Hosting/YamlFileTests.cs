using Vantage.NodeAgent.Hosting.Yaml;

namespace Vantage.Tests.NodeAgent.Hosting;

public sealed class YamlFileTests
{
    [Theory]
    [InlineData("colour: red\n", "f.yaml:1:1: Unknown key 'colour'. Did you mean 'color'? Known here: color, inner, size.")]
    [InlineData("\ninner:\n  dept: 1\n", "f.yaml:3:3: Unknown key 'inner.dept'. Did you mean 'depth'? Known here: depth.")]
    [InlineData("zzzzzz: 1\n", "f.yaml:1:1: Unknown key 'zzzzzz'. Known here: color, inner, size.")]
    [InlineData("size: many\n", "f.yaml:1:7: 'size' is a whole number from 1 to 9.")]
    [InlineData("size: 10\n", "f.yaml:1:7: 'size' is a whole number from 1 to 9.")]
    [InlineData("size: [1]\n", "f.yaml:1:7: 'size' is a single value.")]
    [InlineData("inner: deep\n", "f.yaml:1:8: 'inner' holds 'key: value' lines of its own.")]
    [InlineData("- a\n", "f.yaml:1:1: Expected 'key: value' lines.")]
    public void Mistake_IsNamedWithLineAndColumn(string text, string expected)
    {
        var error = Assert.Throws<SettingsException>(() => Read(text));

        Assert.Equal(expected, Assert.Single(error.Problems).ToString());
    }

    [Theory]
    [InlineData("color: red\ncolor: blue\n", 2)]
    [InlineData("color: 'red\n", 1)]
    [InlineData("inner:\n\tdepth: 1\n", 2)]
    [InlineData("color: red\n---\ncolor: blue\n", 3)]
    public void BrokenYaml_IsRefusedWhereItBreaks(string text, int line)
    {
        var error = Assert.Throws<SettingsException>(() => Read(text));

        Assert.Equal(line, Assert.Single(error.Problems).Line);
    }

    [Fact]
    public void Mistakes_AreToldAllAtOnceFromTopToBottom()
    {
        var error = Assert.Throws<SettingsException>(() => Read("inner:\n  dept: 1\nsize: 0\ncolour: x\n"));

        Assert.Equal([2L, 3, 4], error.Problems.Select(problem => problem.Line));
    }

    [Theory]
    [InlineData("")]
    [InlineData("# only a comment\n")]
    [InlineData("inner:\ncolor:\n")]
    [InlineData("inner: ~\nsize: null\n")]
    public void EmptyAndCommentedOut_MeanDefaults(string text) => Assert.Equal(("none", 3), Read(text));

    private static (string Color, int Size) Read(string text) => YamlFile.Parse("f.yaml", text, root =>
    {
        var result = (root.Text("color") ?? "none", root.Number("size", 3, 1, 9));
        if (root.Section("inner") is { } inner)
        {
            inner.Text("depth");
            inner.Done();
        }

        root.Done();
        return result;
    });
}
