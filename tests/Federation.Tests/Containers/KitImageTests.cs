using System.Globalization;
using System.Text.Json;
using Federation.Tests.Approvals;
using Federation.Tests.Worlds;

namespace Federation.Tests.Containers;

/// <summary>Signed images in a federation of real processes, on a real engine, from a real registry.</summary>
public sealed class KitImageTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Different at each site, and with cells missing, so that no part of a mean can be had by chance.</summary>
    private static string Rows(string site) => "age,weight\n" + string.Concat(Enumerable.Range(0, 40 + site.Length).Select(i =>
        FormattableString.Invariant($"{20 + i},{(i % 9 == 4 ? "" : FormattableString.Invariant($"{50.1 + (i * 0.37) + (site.Length * 1.3)}"))}\n")));

    [Fact]
    public async Task ImagesOfEveryKit_GiveTheBuiltInsNumbers_AndAPersonReleasesOne()
    {
        await using var author = await ImageAuthor.StartAsync(Stop);
        var kits = Task.WhenAll(new[] { "python", "r", "dotnet" }.Select(language => author.MakeAsync(language, Stop)));
        await using var world = await World.StartAsync(new WorldOptions
        {
            Sites = ["north", "south", "western"],
            Rows = Rows,
            NodeYaml = $"registries: [{{ host: \"{author.Host}\", insecure: true }}]",
        }, Stop);
        string[] images = [author.Reference, .. await kits];
        foreach (var image in images)
        {
            await author.SignAsync(image, Stop);
        }

        foreach (var site in world.Sites)
        {
            await site.AllowImagesAsync(author.PublicKey, $"{author.Host}/study/*",
                images.Select(image => image["oci:".Length..image.IndexOf('@', StringComparison.Ordinal)]), Stop);
        }

        await SameNumbersAsync(world, images);
        await APersonReleasesAsync(world, images[1]);
    }

    /// <summary>Beside the data as a process, and in containers of C, Python, R and .NET: three sites, one answer, which is R's.</summary>
    private static async Task SameNumbersAsync(World world, IReadOnlyList<string> images)
    {
        var builtIn = (await world.AskAsync("summary", """{"columns":["age","weight"]}""")).GetProperty("result").GetProperty("columns");
        var pooled = await PooledByRAsync(world);
        Assert.Equal(pooled.Select(of => of.N), builtIn.EnumerateArray().Select(column => column.GetProperty("count").GetInt32()));
        Assert.All(builtIn.EnumerateArray().Zip(pooled), column => Assert.Equal(column.Second.Mean, column.First.GetProperty("mean").GetDouble(), 1e-12));

        // The test's own program knows of no missing cells.
        await SameAsync(world, images[0], """{"columns":["age"]}""", "count", pooled[0]);
        foreach (var image in images.Skip(1))
        {
            await SameAsync(world, image, """{"column":"weight"}""", "n", pooled[1]);
        }

        foreach (var site in world.Sites)
        {
            Assert.Empty(await ImageAuthor.ContainersAsync(site.Node, Stop));
            Assert.Empty(await ImageAuthor.VolumesAsync(site.Node, Stop));
        }
    }

    private static async Task SameAsync(World world, string image, string arguments, string counted, (int N, double Mean) pooled)
    {
        var answers = await world.AskAsync(image, arguments, "--function", "partial");
        var parts = Objects(answers).Where(o => o.TryGetProperty("sum", out _)).ToList();

        Assert.True((parts.Count, parts.Sum(part => part.GetProperty(counted).GetInt32())) == (3, pooled.N), answers.ToString());
        Assert.Equal(pooled.Mean, parts.Sum(part => part.GetProperty("sum").GetDouble()) / pooled.N, 1e-12);
    }

    /// <summary>All rows in one place, by a program that has nothing to do with ours.</summary>
    private static async Task<(int N, double Mean)[]> PooledByRAsync(World world)
    {
        const string program = """
            rows <- do.call(rbind, lapply(commandArgs(TRUE), read.csv))
            for (x in rows) cat(sum(!is.na(x)), format(mean(x, na.rm = TRUE), digits = 17), "\n")
            """;
        var said = await ImageAuthor.RunAsync(["Rscript", "--vanilla", "-e", program,
            .. world.Sites.Select(site => Path.Combine(site.NodeFolder, "patients.csv"))], Stop);
        return [.. said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => line.Split(' '))
            .Select(words => (int.Parse(words[0], CultureInfo.InvariantCulture), double.Parse(words[1], CultureInfo.InvariantCulture)))];
    }

    /// <summary>What a container gave waits for the site's word: the researcher sees that, and for what, and then the same result.</summary>
    private static async Task APersonReleasesAsync(World world, string image)
    {
        var site = world.Site;
        var policy = await File.ReadAllTextAsync(site.Policy, Stop);
        await File.WriteAllTextAsync(site.Policy, policy + "    approval: before-release\n", Stop);
        var task = (await world.Researcher.AskAsync("task", "run", "--algorithm", image, "--function", "partial", "--collaboration", World.Collaboration,
            "--organization", site.Organization, "--data", "patients", "--args", """{"column":"age"}""")).GetProperty("task").GetString()!;
        var question = await ApprovalTests.WaitsAsync(world, task, "before-release", Stop);
        var (_, explained, _) = await world.Researcher.TryAsync("task", "explain", task);

        Assert.Contains("a person at the site has to release its result", explained, StringComparison.Ordinal);
        Assert.Empty(await ImageAuthor.ContainersAsync(site.Node, Stop));
        var (approved, _, said) = await ApprovalTests.NodeAsync(world, "approve", question.Run, "--digest", question.Subject);
        Assert.True(approved == 0, said);
        await world.Researcher.TypeAsync("task", "watch", task);
        var answer = Objects(await world.Researcher.AskAsync("task", "result", task)).Single(o => o.TryGetProperty("sum", out _));
        Assert.Equal(Rows(site.Name).Split('\n').Length - 2, answer.GetProperty("n").GetInt32());
        await File.WriteAllTextAsync(site.Policy, policy, Stop);
    }

    private static IEnumerable<JsonElement> Objects(JsonElement root) => root.ValueKind switch
    {
        JsonValueKind.Object => root.EnumerateObject().SelectMany(member => Objects(member.Value)).Prepend(root),
        JsonValueKind.Array => root.EnumerateArray().SelectMany(Objects),
        _ => [],
    };
}
