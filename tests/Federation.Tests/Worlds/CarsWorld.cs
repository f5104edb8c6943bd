using Federation.Tests.Processes;

namespace Federation.Tests.Worlds;

/// <summary>
/// Two sites that share R's mtcars, as two sources of one file: <c>patients</c> as it is, and <c>cars</c>, which speaks a dictionary that a
/// steward of the first published. The second site forgot to convert one of its columns.
/// </summary>
public sealed class CarsWorld : IAsyncLifetime
{
    public const string Dictionary = "cars@1.0";

    private const string Schema = """
        { "name": "cars", "version": "1.0", "fields": [
          { "name": "weight", "type": "number", "unit": "kg", "constraints": { "required": true, "minimum": 500, "maximum": 3000 } },
          { "name": "gears", "categories": ["three", "four", "five"] },
          { "name": "engine", "type": "number", "unit": "L", "constraints": { "maximum": 10 } },
          { "name": "price", "type": "number" } ] }
        """;

    internal World World { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var stop = TestContext.Current.CancellationToken;
        var cars = await File.ReadAllLinesAsync(Path.Combine(Programs.Repository, "tests", "Statistics.Tests", "Reference", "mtcars.csv"), stop);
        World = await World.StartAsync(new WorldOptions
        {
            Sites = ["north", "south"],
            Rows = site => string.Join('\n', [cars[0], .. site == "north" ? cars[1..23] : cars[23..]]) + "\n",
            Rule = "    sessions: allow\n    preview: allow",
            StartNodes = false,
        }, stop);
        var steward = await World.HireAsync(World.Site, "steward", "data-steward");
        await steward.TypeAsync("dictionary", "publish", World.Folder.Write("cars.json", Schema), "--collaboration", World.Collaboration);
        foreach (var site in World.Sites)
        {
            await site.Admin.TypeAsync("dictionary", "show", Dictionary, "--collaboration", World.Collaboration, "--out", Path.Combine(site.NodeFolder, "cars.json"));
            await File.WriteAllTextAsync(Path.Combine(site.NodeFolder, "cars.yaml"), Mapping(site.Name), stop);
            await File.AppendAllTextAsync(site.NodeYaml, "  - id: cars\n    path: patients.csv\n    dictionary: { file: cars.json, mapping: cars.yaml }\n", stop);
            var policy = await File.ReadAllTextAsync(site.Policy, stop);
            await File.WriteAllTextAsync(site.Policy, policy.Replace("{ source: patients }", "{ source: patients }, { source: cars }", StringComparison.Ordinal)
                .Replace("\"builtin:sessions@*\"", "\"builtin:sessions@*\", \"builtin:dictionary@*\"", StringComparison.Ordinal), stop);
            await World.StartNodeAsync(site);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (World is not null)
        {
            await World.DisposeAsync();
        }
    }

    /// <summary>Weights are in thousands of pounds, engines in cubic inches; the south takes the latter for litres.</summary>
    private static string Mapping(string site) => $$"""
        variables:
          weight: { column: wt, unit: '[lb_av]', factor: 453.59237 }
          gears: { column: gear, levels: { 3: three, 4: four, 5: five } }
          engine: {{(site == "north" ? "{ column: disp, factor: 0.016387064 }" : "disp")}}
          price: absent
        """;
}

/// <summary>Tests that share it, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class CarsCollection : ICollectionFixture<CarsWorld>
{
    public const string Name = "cars";
}
