using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;
using Federation.Tests.Containers;

namespace Federation.Tests.Sandboxes;

/// <summary>The real command makes a federation over files that are as files are, and takes it away again.</summary>
public sealed class SandboxTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>The numbers are R's, over all rows in one place: rows.R.</summary>
    [Fact]
    public async Task OverAwkwardFiles_AnswersAreThePooledOnes_FaultsNameTheirPlace_AndNothingIsLeft()
    {
        await using var sandbox = new RunningSandbox(Stop);
        sandbox.Open();
        var files = new AwkwardFiles(sandbox.Folder);
        files.Write();
        var before = Digests(files);

        await sandbox.StartAsync(["--data", files.North, files.South, files.West, .. AwkwardFiles.Declared]);
        Assert.Equal(["north", "south", "west"], sandbox.Up.GetProperty("sites").EnumerateArray().Select(s => s.GetProperty("site").GetString()));
        await AnswersAreRsAsync(sandbox);
        Assert.Equal(before, Digests(files));
        await FaultsNameTheirPlaceAsync(sandbox, files);
        await AnotherStartIsRefusedAsync(sandbox, files.North);

        Assert.Equal("up", (await sandbox.Command.AskAsync("sandbox", "status")).GetProperty("state").GetString());
        await DownAndNothingIsLeftAsync(sandbox);
    }

    /// <summary>The same numbers from the same worker in containers without network; afterwards the engine has nothing of it.</summary>
    [Fact]
    public async Task InContainers_AnswersAreThePooledOnes_AndNothingIsLeftInTheEngine()
    {
        Assert.SkipUnless(File.Exists("/var/run/docker.sock"), "No container engine; './build setup' as root on Debian installs and starts one.");
        await using var author = await ImageAuthor.StartAsync(Stop);
        await using var sandbox = new RunningSandbox(Stop);
        sandbox.Open();
        var files = new AwkwardFiles(sandbox.Folder);
        files.Write();

        await sandbox.StartAsync(["--runtime", "docker", "--algorithm", author.Reference, "--data", files.North, files.South, files.West, .. AwkwardFiles.Declared]);
        Assert.Equal("docker", sandbox.Up.GetProperty("runtime").GetString());
        var digests = Directory.EnumerateFiles(Path.Combine(sandbox.Work, "nodes", "1", "images")).Select(Path.GetFileNameWithoutExtension).OfType<string>().ToList();
        // One's own image the engine has under its own name, and keeps.
        Assert.Equal(digests.Count - 1, (await ImagesAsync(digests)).Count);
        await AnswersAreRsAsync(sandbox);
        await ReceiptsSayImportedAsync(sandbox);
        await AnImageOfOnesOwnAsync(sandbox);
        await DownAndNothingIsLeftAsync(sandbox);

        Assert.Empty(await ImagesAsync(digests));
    }

    /// <summary>The nodes hold back what ACRO's rules forbid, and the answer says so; what is left is exact.</summary>
    [Fact]
    public async Task UnderAcro_TheNodesHoldBack_AndResultsAndReceiptsSayIt()
    {
        await using var sandbox = new RunningSandbox(Stop);
        sandbox.Open();
        var rows = string.Concat(Enumerable.Range(1, 60).Select(i => $"{20 + i},{(i % 15 == 0 ? "rare" : i % 2 == 0 ? "a" : "b")}\n"));
        await sandbox.StartUnderAsync("acro", "--data", Write(sandbox, "north.csv", "age,kind\n" + rows));

        var (_, said) = await sandbox.AskAsync("summary", """{"columns":["age"]}""");
        using var answer = JsonDocument.Parse(said.Split('\n')[0]);
        using var table = JsonDocument.Parse((await sandbox.AskAsync("crosstab", """{"rows":"kind"}""")).Said.Split('\n')[0]);

        Assert.Equal("acro", answer.RootElement.GetProperty("disclosure").GetString());
        Assert.Equal(50.5, answer.RootElement.GetProperty("result").GetProperty("columns")[0].GetProperty("mean").GetDouble());
        // 28 a, 28 b and 4 of a rare kind, which goes with one of the others.
        Assert.Single(table.RootElement.GetProperty("result").GetProperty("table").GetProperty("counts").EnumerateArray(),
            row => row[0].ValueKind == JsonValueKind.Number);
        var receipt = await sandbox.Command.AskAsync("task", "result", answer.RootElement.GetProperty("task").GetString()!, "--site", "north", "--receipt");
        Assert.StartsWith("acro", receipt.GetProperty("sandbox").GetProperty("enforced").GetProperty("disclosure").GetString(), StringComparison.Ordinal);
        await DownAndNothingIsLeftAsync(sandbox);
    }

    [Fact]
    public async Task WithoutAnEngine_TheContainersAreRefused_WithWhatToInstall_BeforeAnythingIsMade()
    {
        await using var sandbox = new RunningSandbox(Stop);
        sandbox.Open();
        sandbox.Command.Environment["DOCKER_HOST"] = "unix:///nowhere/docker.sock";

        var (exitCode, _, errors) = await sandbox.Command.TryAsync("sandbox", "up", "--runtime", "docker", "--data", Write(sandbox, "a.csv", "x\n1\n"),
            "--disclosure", "off");

        Assert.Equal(4, exitCode);
        Assert.Contains("apt-get install docker.io", errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(sandbox.Command.Home, "sandbox")));
    }

    [Fact]
    public async Task AfterItsProcessesWereKilled_StatusSaysSo_AndDownCleansAllTheSame()
    {
        await using var sandbox = new RunningSandbox(Stop);
        sandbox.Open();
        await sandbox.StartAsync("--data", Write(sandbox, "only.csv", "x\n1\n2\n"));

        foreach (var process in sandbox.Processes)
        {
            using var kill = System.Diagnostics.Process.Start("kill", ["-9", $"{process}"]);
            await kill.WaitForExitAsync(Stop);
        }

        var (exitCode, output, _) = await sandbox.Command.TryAsync("sandbox", "status", "--json");
        Assert.Equal(1, exitCode);
        Assert.Contains("has ended; its log is", output, StringComparison.Ordinal);
        Assert.NotEmpty(sandbox.Left());
        await DownAndNothingIsLeftAsync(sandbox);
    }

    [Fact]
    public async Task AStartThatFails_SaysWhy_AndLeavesNothing()
    {
        await using var sandbox = new RunningSandbox(Stop);
        sandbox.Open();
        var file = Write(sandbox, "a.csv", "x\n1\n");
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var refused = await sandbox.Command.TryAsync("sandbox", "up", "--disclosure", "off", "--data", file, "--port", $"{port}");
        var unreadable = await sandbox.Command.TryAsync("sandbox", "up", "--disclosure", "off", "--data", file, "--data", Write(sandbox, "b.csv", "x\n"));

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains($"{port}", refused.Errors, StringComparison.Ordinal);
        Assert.Equal(2, unreadable.ExitCode);
        Assert.Contains("b (b.csv): line 1 names columns, and no row follows", unreadable.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(sandbox.Command.Home));
    }

    private static async Task AnswersAreRsAsync(RunningSandbox sandbox)
    {
        var linear = await AnswerAsync(sandbox, "linear", """{"formula":"y ~ x1 + w + group"}""");
        Close(3.0377109340689254502, linear, "coefficients", "(Intercept)");
        Close(-0.0039639638580459919, linear, "coefficients", "w");
        Close(0.3981905550339999156, linear, "coefficients", "groupBär");
        Close(-1.0635133650012631445, linear, "coefficients", "groupCox");
        Close(0.20915980618827235, linear, "standardErrors", "groupCox");
        Assert.Equal(113, linear.GetProperty("rows").GetInt64());
        Assert.Equal(7, linear.GetProperty("leftOut").GetInt64());

        var logistic = await AnswerAsync(sandbox, "logistic", """{"formula":"z ~ x1 + w"}""");
        Close(1.02796708371094824841, logistic, "coefficients", "x1");
        Close(0.36093942905923309672, logistic, "standardErrors", "x1");

        var summary = await AnswerAsync(sandbox, "summary", """{"columns":["x1","w","one"]}""");
        var columns = summary.GetProperty("columns").EnumerateArray().ToDictionary(c => c.GetProperty("name").GetString()!);
        Close(-0.032654867256637167, columns["x1"], "mean");
        Close(290.42984558027348, columns["w"], "standardDeviation");
        Assert.Equal(7, columns["x1"].GetProperty("missing").GetInt64());
        Assert.Equal(0, columns["one"].GetProperty("standardDeviation").GetDouble());
    }

    /// <summary>Whoever reads a result can see which signature its code had, and what held it.</summary>
    private static async Task ReceiptsSayImportedAsync(RunningSandbox sandbox)
    {
        var (exitCode, said) = await sandbox.AskAsync("summary", """{"columns":["w"]}""");
        Assert.True(exitCode == 0, said);
        using var answer = JsonDocument.Parse(said.Split('\n')[0]);

        var receipt = await sandbox.Command.AskAsync("task", "result", answer.RootElement.GetProperty("task").GetString()!, "--site", "north", "--receipt");

        Assert.Equal(("sandbox", "imported"), (receipt.GetProperty("image").GetProperty("publisher").GetString(), receipt.GetProperty("image").GetProperty("how").GetString()));
        Assert.Equal("docker", receipt.GetProperty("sandbox").GetProperty("runtime").GetString());
        Assert.StartsWith("none", receipt.GetProperty("sandbox").GetProperty("enforced").GetProperty("network").GetString(), StringComparison.Ordinal);
    }

    /// <summary>Nobody signed it, and the engine did not have it: the sandbox pulls it, signs it, and its nodes run it over the same files.</summary>
    private static async Task AnImageOfOnesOwnAsync(RunningSandbox sandbox)
    {
        var expected = (await AnswerAsync(sandbox, "summary", """{"columns":["one"]}""")).GetProperty("columns")[0];

        var answer = await sandbox.Command.AskAsync("task", "run", "--algorithm", "mean", "--function", "partial", "--args", """{"columns":["one"]}""", "--wait");

        var parts = answer.GetProperty("sites").EnumerateArray().Select(site => site.GetProperty("result")).ToList();
        var rows = parts.Sum(part => part.GetProperty("count").GetInt64());
        Assert.Equal((3, expected.GetProperty("count").GetInt64()), (parts.Count, rows));
        Assert.Equal(expected.GetProperty("mean").GetDouble(), parts.Sum(part => part.GetProperty("sum").GetDouble()) / rows, 1e-12);
    }

    private static async Task FaultsNameTheirPlaceAsync(RunningSandbox sandbox, AwkwardFiles files)
    {
        // A slip in a column of numbers: line 1 is Excel's, line 2 the header.
        var lines = await File.ReadAllLinesAsync(files.South, System.Text.Encoding.Latin1, Stop);
        await File.WriteAllLinesAsync(files.South, lines.Select((line, i) => i == 9 ? line.Replace(line.Split(';')[3], "SECRET", StringComparison.Ordinal) : line),
            System.Text.Encoding.Latin1, Stop);
        await FailsAsync(sandbox, "linear", """{"formula":"y ~ x1 + w"}""", "Column 'w' of", "south.csv, line 10");
        await FailsAsync(sandbox, "summary", """{"columns":["w"]}""", "south", "'w'", "south.csv, line 10");
        await File.WriteAllLinesAsync(files.South, lines, System.Text.Encoding.Latin1, Stop);

        // A cell too many, in the last of the files.
        var west = await File.ReadAllTextAsync(files.West, Stop);
        await File.WriteAllTextAsync(files.West, west + ",SECRET\n", Stop);
        await FailsAsync(sandbox, "summary", """{"columns":["w"]}""", "(west.csv), line 6: 8 cells where 7 cells are expected");

        // A column that one site does not have.
        await File.WriteAllTextAsync(files.West, west.Replace("x1", "X_1", StringComparison.Ordinal), Stop);
        await FailsAsync(sandbox, "summary", """{"columns":["x1"]}""", "(west.csv) has no column 'x1'");

        // Infinite: the worker's complaint, in the file's own lines; an empty one comes after the header.
        await File.WriteAllTextAsync(files.West, west.Replace(",7\n", ",7e999\n", StringComparison.Ordinal), Stop);
        await FailsAsync(sandbox, "summary", """{"columns":["one"]}""", "(west.csv), line 3, column 'one': infinite");
        await File.WriteAllTextAsync(files.West, west, Stop);
    }

    private static async Task AnotherStartIsRefusedAsync(RunningSandbox sandbox, string file)
    {
        var (exitCode, _, errors) = await sandbox.Command.TryAsync("sandbox", "up", "--data", file, "--disclosure", "off", "--json");

        Assert.Equal(6, exitCode);
        Assert.Contains("\"code\":\"sandbox-exists\"", errors, StringComparison.Ordinal);
    }

    private static async Task DownAndNothingIsLeftAsync(RunningSandbox sandbox)
    {
        var down = await sandbox.Command.AskAsync("sandbox", "down");

        Assert.True(down.GetProperty("wasThere").GetBoolean());
        Assert.Equal("default", down.GetProperty("profile").GetString());
        Assert.Empty(sandbox.Left());
        Assert.False(Directory.Exists(sandbox.Work));
        Assert.False(Directory.Exists(sandbox.Command.Home));
        using (var port = new TcpListener(IPAddress.Loopback, sandbox.Port))
        {
            port.Start();
        }

        Assert.False((await sandbox.Command.AskAsync("sandbox", "down")).GetProperty("wasThere").GetBoolean());
    }

    /// <summary>What its nodes took into the engine, as the <c>docker</c> command lists it.</summary>
    private static async Task<IReadOnlyList<string>> ImagesAsync(IEnumerable<string> digests) =>
        [.. (await ImageAuthor.RunAsync(["docker", "images", "--format", "{{.Repository}}:{{.Tag}}"], Stop)).Split('\n')
            .Where(name => digests.Any(digest => name.EndsWith($":imported-{digest[..12]}", StringComparison.Ordinal)))];

    private static async Task<JsonElement> AnswerAsync(RunningSandbox sandbox, string algorithm, string arguments)
    {
        var (exitCode, said) = await sandbox.AskAsync(algorithm, arguments);
        Assert.True(exitCode == 0, said);
        using var answer = JsonDocument.Parse(said.Split('\n')[0]);
        var outcome = answer.RootElement.Clone();
        Assert.Equal("Succeeded", outcome.GetProperty("outcome").GetString());
        Assert.Equal("off", outcome.GetProperty("disclosure").GetString());
        Assert.All(outcome.GetProperty("receipts").EnumerateArray(), receipt => Assert.True(receipt.GetProperty("verified").GetBoolean()));
        return outcome.GetProperty("result");
    }

    private static async Task FailsAsync(RunningSandbox sandbox, string algorithm, string arguments, params string[] named)
    {
        var (exitCode, said) = await sandbox.AskAsync(algorithm, arguments);
        var unescaped = System.Text.RegularExpressions.Regex.Unescape(said);
        Assert.True(exitCode == 1, said);
        Assert.All(named, word => Assert.Contains(word, unescaped, StringComparison.Ordinal));
        Assert.DoesNotContain("SECRET", said, StringComparison.Ordinal);
    }

    private static void Close(double expected, JsonElement result, params string[] path)
    {
        var found = path.Aggregate(result, (at, name) => at.GetProperty(name)).GetDouble();
        Assert.True(Math.Abs(found - expected) <= 1e-9 * Math.Max(1, Math.Abs(expected)), $"{string.Join('.', path)} is {found:R}, R's is {expected:R}");
    }

    private static string[] Digests(AwkwardFiles files) =>
        [.. new[] { files.North, files.South, files.West }.Select(file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file))))];

    private static string Write(RunningSandbox sandbox, string name, string text)
    {
        var path = Path.Combine(sandbox.Folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
