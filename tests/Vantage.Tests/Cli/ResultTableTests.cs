using Vantage.Algorithms.Results;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Printing;
using Vantage.Cli.Tasks.Reading;
using Vantage.Protocol.Errors;
using Vantage.Tests.Client;

namespace Vantage.Tests.Cli;

/// <summary>Tables of a result: aligned for a person, exact for programs, RFC 4180 in files.</summary>
public sealed class ResultTableTests
{
    private static readonly ResultTable Coefficients = new("coefficients",
        ["term", "estimate", "p value", "converged", "note"],
        [
            ["(Intercept)", -42.0194076449157, 4.4e-21, true, null],
            ["I(x^2), \"x\"", 0.380558926265894, 0.00137364, false, null],
            ["x\u001b[2K", 144.674227115014, 0.0491, true, null],
        ]);

    [Fact]
    public void OnATerminal_PointsStandAboveEachOther_AndTinyPIsNotDrownedInDigits()
    {
        var text = Draw(terminal: true, Coefficients);
        var lines = text.Split('\n');

        Assert.Single(lines[1..4].Select(l => l.IndexOf('.', StringComparison.Ordinal)).Distinct());
        Assert.Contains("-42.0194 ", text, StringComparison.Ordinal);
        Assert.Contains("144.6742 ", text, StringComparison.Ordinal);
        Assert.Contains(" 0.3806 ", text, StringComparison.Ordinal);
        Assert.Contains("<2e-16", text, StringComparison.Ordinal);
        Assert.Contains("0.00137 ", text, StringComparison.Ordinal);
        Assert.Contains("0.0491 ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("*", text, StringComparison.Ordinal);
        Assert.DoesNotContain("note", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', text);
    }

    [Fact]
    public void IntoAPipe_EveryDigitGoes_SeparatedByTabs()
    {
        var text = Draw(terminal: false, Coefficients, new ResultTable("fit", ["name", "value"], [["rows", 569L]]));

        Assert.Equal("term\testimate\tp value\tconverged\tnote\n(Intercept)\t-42.0194076449157\t4.4E-21\ttrue\t\n",
            text[..(text.IndexOf("true", StringComparison.Ordinal) + 6)]);
        Assert.EndsWith("\n\nfit\nname\tvalue\nrows\t569\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Csv_IsAsRfc4180WantsIt() => Assert.Equal(
        "term,estimate,p value,converged,note\r\n(Intercept),-42.0194076449157,4.4E-21,true,\r\n"
        + "\"I(x^2), \"\"x\"\"\",0.380558926265894,0.00137364,false,\r\nx\u001b[2K,144.674227115014,0.0491,true,\r\n",
        CsvText.Of(Coefficients));

    [Fact]
    public async Task CsvFiles_AreTheTables_AndSaidToBeWritten()
    {
        await using var federation = await TaskCommandTests.AnsweringAsync();
        using var folder = new TempFolder();

        var run = await TaskCommandTests.RunAsync(federation,
            [.. TaskCommandTests.Ask(federation), "--wait", "--out", folder["result.csv"]]);

        Assert.Equal(ExitCodes.Ok, run.ExitCode);
        Assert.Contains($"result written to {folder["result.csv"]}", run.Out, StringComparison.Ordinal);
        Assert.Equal("column,n,missing,mean,standard deviation,minimum,maximum,skewness,excess kurtosis\r\nage,3,0,2,1,,,,\r\n",
            await File.ReadAllTextAsync(folder["result.csv"], TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("result.xlsx", "neither in .json nor in .csv")]
    [InlineData("result.svg", "this result has no chart")]
    [InlineData("nowhere/result.csv", "no folder")]
    public async Task FilesThatCannotBeWritten_AreFoundBeforeAnybodyIsAsked(string file, string said)
    {
        await using var federation = await TaskCommandTests.AnsweringAsync();
        using var folder = new TempFolder();

        var run = await TaskCommandTests.RunAsync(federation,
            [.. TaskCommandTests.Ask(federation), "--wait", "--out", folder[file]]);

        Assert.Equal(ExitCodes.Usage, run.ExitCode);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
        Assert.Empty(federation.Submitted);
    }

    [Fact]
    public async Task WhatTheProfileNames_NeedNotBeNamedAgain_AndItsDisclosureIsSaidOfEachResult()
    {
        await using var federation = await TaskCommandTests.AnsweringAsync();
        string[] question = ["task", "run", "--algorithm", "summary", "--wait", "--json"];
        var unnamed = await TaskCommandTests.RunAsync(federation, question);
        federation.Home.WriteProfile(federation.Home.ReadProfile() with
        {
            Collaboration = $"{federation.Collaboration}", Data = ["patients"], Disclosure = "off",
        });

        var run = await TaskCommandTests.RunAsync(federation, question);

        Assert.Equal((ExitCodes.Usage, ExitCodes.Ok), (unnamed.ExitCode, run.ExitCode));
        Assert.Contains("--collaboration", unnamed.Error, StringComparison.Ordinal);
        Assert.Contains("\"disclosure\":\"off\"", run.Out, StringComparison.Ordinal);
        Assert.Equal("patients", Assert.Single(federation.Runs.Values.First().Manifest.Data).Id);
    }

    private static string Draw(bool terminal, params ResultTable[] tables)
    {
        var text = new StringWriter { NewLine = "\n" };
        var console = new CliConsole(TextReader.Null, text, TextWriter.Null) { OutIsTerminal = terminal };
        TableText.Write(new Output(console, OutputMode.Text), text, tables);
        return text.ToString();
    }
}
