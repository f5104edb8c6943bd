using System.Text.Json;
using Vantage.Protocol.Sessions;

namespace Vantage.Tests.NodeAgent.Data.Sessions;

/// <summary>Each step beside a table worked out by hand.</summary>
public sealed class StepTests : IDisposable
{
    private const string People = "id,age,sex,weight\na,34,f,60.5\nb,51,m,\nc,,f,72\nd,18,m,81.25\n";

    private readonly FrameBench bench = new();

    public void Dispose() => bench.Dispose();

    [Theory]
    [InlineData("[]", "id,age,sex,weight\n\"a\",34.0,\"f\",60.5\n\"b\",51.0,\"m\",\n\"c\",,\"f\",72.0\n\"d\",18.0,\"m\",81.25\n")]
    [InlineData("""[{"do":"select","columns":["weight","id"]}]""", "weight,id\n60.5,\"a\"\n,\"b\"\n72.0,\"c\"\n81.25,\"d\"\n")]
    [InlineData("""[{"do":"filter","where":"age >= 34 & sex == \"f\""},{"do":"select","columns":["id"]}]""", "id\n\"a\"\n")]
    [InlineData("""[{"do":"filter","where":"!(sex == 'f') | is.na(age)"},{"do":"select","columns":["id"]}]""", "id\n\"b\"\n\"c\"\n\"d\"\n")]
    [InlineData("""[{"do":"filter","where":"id %in% c('d', 'a')"},{"do":"select","columns":["id"]}]""", "id\n\"a\"\n\"d\"\n")]
    [InlineData("""[{"do":"derive","column":"old","as":"age > 30"},{"do":"select","columns":["old"]}]""", "old\n1.0\n1.0\n\n0.0\n")]
    [InlineData("""[{"do":"derive","column":"age","as":"-age^2 / 2 + 1"},{"do":"select","columns":["age"]}]""", "age\n-577.0\n-1299.5\n\n-161.0\n")]
    [InlineData("""[{"do":"derive","column":"x","as":"ifelse(sex == 'f', 'w', sex)"},{"do":"select","columns":["x"]}]""", "x\n\"w\"\n\"m\"\n\"w\"\n\"m\"\n")]
    [InlineData("""[{"do":"recode","column":"sex","values":[{"from":"f","to":1},{"from":"m","to":0}],"others":"missing"},{"do":"select","columns":["sex"]}]""", "sex\n1.0\n0.0\n1.0\n0.0\n")]
    [InlineData("""[{"do":"recode","column":"sex","values":[{"from":"f","to":null}]},{"do":"select","columns":["id","sex"]}]""", "id,sex\n\"a\",\n\"b\",\"m\"\n\"c\",\n\"d\",\"m\"\n")]
    [InlineData("""[{"do":"impute","columns":["age","weight"],"by":"value","value":9},{"do":"select","columns":["age","weight"]}]""", "age,weight\n34.0,60.5\n51.0,9.0\n9.0,72.0\n18.0,81.25\n")]
    [InlineData("""[{"do":"impute","columns":["weight"],"by":"mean"},{"do":"select","columns":["weight"]}]""", "weight\n60.5\n71.25\n72.0\n81.25\n")]
    [InlineData("""[{"do":"impute","columns":["age"],"by":"median"},{"do":"select","columns":["age"]}]""", "age\n34.0\n51.0\n34.0\n18.0\n")]
    [InlineData("""[{"do":"scale","column":"age","center":34,"scale":2},{"do":"select","columns":["age"]}]""", "age\n0.0\n8.5\n\n-8.0\n")]
    [InlineData("""[{"do":"encode","column":"sex","levels":["f","x"]},{"do":"select","columns":["sex_f","sex_x"]}]""", "sex_f,sex_x\n1.0,0.0\n0.0,0.0\n1.0,0.0\n0.0,0.0\n")]
    [InlineData("""[{"do":"aggregate","by":["sex"],"values":[{"column":"n","of":"count"},{"column":"k","of":"count","from":"age"},{"column":"s","of":"sum","from":"weight"},{"column":"m","of":"mean","from":"age"},{"column":"lo","of":"min","from":"age"},{"column":"hi","of":"max","from":"age"},{"column":"sd","of":"sd","from":"weight"}]}]""",
        "sex,n,k,s,m,lo,hi,sd\n\"f\",2.0,1.0,132.5,34.0,34.0,34.0,8.131727983645296\n\"m\",2.0,2.0,81.25,34.5,18.0,51.0,\n")]
    public async Task AStep_DoesWhatItsTableSays(string steps, string expected) =>
        Assert.Equal(expected, await bench.MakeAsync(People, steps));

    /// <summary>
    /// As many columns as a frame may have, in any order, changed, joined and made: each is what it is alone. In one statement they are more
    /// than DuckDB's memory holds.
    /// </summary>
    [Fact]
    public async Task TenThousandColumns_AreEachWhatTheyAreAlone()
    {
        const int columns = 9_990;
        string Named(Func<int, string> of) => string.Join(',', Enumerable.Range(0, columns).Select(of));
        var table = await bench.InputAsync("table", $"id,{Named(i => $"c{i}")}\n"
            + string.Concat(Enumerable.Range(0, 6).Select(row => $"p{row},{Named(i => row == 5 ? "" : i % 3 == 0 ? $"t{i + row}" : $"{(i * 10) + row}")}\n")));
        var other = await bench.InputAsync("other", "id,extra,more\np1,7,8\np4,9,x\n");
        var listed = string.Join(',', Enumerable.Range(0, columns).Reverse().Select(i => $"\"c{i}\""));

        var made = bench.Make($$"""
            [{"do":"filter","where":"c1 != 12 | is.na(c1)"},
             {"do":"impute","columns":["c7",{{string.Join(',', Enumerable.Range(0, 2000).Where(i => i % 3 != 0 && i != 7).Select(i => $"\"c{i}\""))}}],"by":"value","value":-1},
             {"do":"derive","column":"sum","as":"c9988 + c1"},
             {"do":"join","with":"other","on":["id"],"take":["extra","more"]},
             {"do":"select","columns":["more",{{listed}},"sum","id","extra"]}]
            """, table, other);

        var lines = made.TrimEnd('\n').Split('\n').Select(line => line.Split(',').Select(cell => cell.Trim('"')).ToList()).ToList();
        Assert.Equal(["more", .. Enumerable.Range(0, columns).Reverse().Select(i => $"c{i}"), "sum", "id", "extra"], lines[0]);
        Assert.Equal(["p0", "p1", "p3", "p4", "p5"], lines.Skip(1).Select(row => row[^2]));
        foreach (var (row, line) in ((int[])[0, 1, 3, 4, 5]).Zip(lines.Skip(1)))
        {
            string Value(int i) => row == 5 ? i < 2000 && i % 3 != 0 ? "-1.0" : "" : i % 3 == 0 ? $"t{i + row}" : $"{(i * 10) + row}.0";
            var (extra, more) = row switch { 1 => ("7.0", "8"), 4 => ("9.0", "x"), _ => ("", "") };
            Assert.Equal([more, .. Enumerable.Range(0, columns).Reverse().Select(Value), row == 5 ? "" : $"{99880 + 10 + (2 * row)}.0", $"p{row}", extra], line);
        }
    }

    /// <summary>A client reads steps and writes them again; what is null says something.</summary>
    [Theory]
    [InlineData("""[{"do":"recode","column":"sex","values":[{"from":"f","to":null},{"from":"m","to":1}],"others":"missing"}]""")]
    [InlineData("""[{"do":"impute","columns":["age"],"by":"value","value":0},{"do":"scale","column":"age"}]""")]
    public void WhatAClientSends_IsWhatWasWritten(string steps)
    {
        var read = JsonSerializer.Deserialize(steps, SessionsJson.Default.IReadOnlyListFrameStep)!;

        var sent = JsonSerializer.Serialize(new PrepareArguments("f", read), SessionsJson.Default.PrepareArguments);
        var arrived = JsonSerializer.Deserialize(sent, SessionsJson.Default.PrepareArguments)!;

        Assert.Equal(JsonSerializer.Serialize(read, SessionsJson.Default.IReadOnlyListFrameStep), JsonSerializer.Serialize(arrived.Steps, SessionsJson.Default.IReadOnlyListFrameStep));
    }

    [Fact]
    public async Task AJoin_AddsColumnsByEqualValues_AndKeepsTheOrderOfRows()
    {
        var people = await bench.InputAsync("table", People);
        var regions = await bench.InputAsync("regions", "id,region\nd,north\nb,south\nx,east\n");

        var all = bench.Make("""[{"do":"join","with":"regions","on":["id"],"take":["region"]},{"do":"select","columns":["id","region"]}]""", people, regions);
        var matched = bench.Make("""[{"do":"join","with":"regions","on":["id"],"take":["region"],"rows":"matched"},{"do":"select","columns":["id","region"]}]""", people, regions);

        Assert.Equal("id,region\n\"a\",\n\"b\",\"south\"\n\"c\",\n\"d\",\"north\"\n", all);
        Assert.Equal("id,region\n\"b\",\"south\"\n\"d\",\"north\"\n", matched);
    }

    [Theory]
    [InlineData("log(x)")]
    [InlineData("log10(x - 2)")]
    [InlineData("sqrt(0 - 1 - x)")]
    [InlineData("1 / x")]
    [InlineData("x / x - 1 / x")]
    [InlineData("exp(x + 1000)")]
    [InlineData("(x - 1)^0.5")]
    [InlineData("1e308 * 10 + x")]
    public async Task WhatIsNoFiniteNumber_IsMissing_AndFailsNothing(string computation) =>
        Assert.Equal("y\n\n", await bench.MakeAsync("x\n0\n", $$"""[{"do":"derive","column":"y","as":"{{computation}}"},{"do":"select","columns":["y"]}]"""));

    [Fact]
    public async Task NumbersAreRead_AsTheWorkerReadsThem()
    {
        string[] written = ["1", "+2", "-3.5", ".25", "6.", "7e2", "8E-3", "\" 9 \"", "0.1", "123456789012345680", "4.9e-324", "1.7976931348623157e308"];
        var made = await bench.MakeAsync("x,k\n" + string.Concat(written.Select(w => $"{w},1\n")), "[]");

        Assert.Equal(written.Select(w => double.Parse(w.Trim('"', ' '), System.Globalization.CultureInfo.InvariantCulture)),
            made.Split('\n')[1..^1].Select(line => double.Parse(line.Split(',')[0], System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task TextsComeThrough_AsTheyAre()
    {
        const string rows = "x,y\n\"a,b\",1\n\"say \"\"no\"\"\",2\n\"two\nlines\",3\n\" blank \",4\n\"ü','--\",5\n";

        Assert.Equal("x,y\n\"a,b\",1.0\n\"say \"\"no\"\"\",2.0\n\"two\nlines\",3.0\n\" blank \",4.0\n\"ü','--\",5.0\n", await bench.MakeAsync(rows, "[]"));
    }

    [Fact]
    public async Task ADeclaredDialect_IsUnderstood()
    {
        var input = await bench.InputAsync("table", "x;y\n1,5;-9\n-9;b\nNA;c\n", new() { Id = "", Path = "", Delimiter = ';', Decimal = ',', Missing = ["-9", "NA"] });

        Assert.Equal("x,y\n1.5,\n,\"b\"\n,\"c\"\n", bench.Make("[]", input));
    }
}
