using Federation.Tests.Processes;

namespace Federation.Tests.Notebooks;

/// <summary>A sandbox over the public tumours, row i at site i mod 3, and what R says of all rows in one table.</summary>
internal sealed class Tumours(TemporaryFolder folder, CancellationToken stop) : IAsyncDisposable
{
    public const string Formula = "malignant ~ mean_radius + mean_texture + mean_smoothness";
    public static readonly string[] Sites = ["north", "south", "west"];

    /// <summary>R 4.2.2: glm(…, binomial, control = glm.control(epsilon = 1e-14, maxit = 100)), estimate and standard error.</summary>
    public static readonly IReadOnlyDictionary<string, (double Estimate, double Error)> Pooled = new Dictionary<string, (double, double)>
    {
        ["(Intercept)"] = (-42.0194076449157, 4.45942686617582),
        ["mean_radius"] = (1.39699240809601, 0.154032409765213),
        ["mean_texture"] = (0.380558926265894, 0.0571132466535010),
        ["mean_smoothness"] = (144.674227115014, 19.0468750889794),
    };

    private readonly VantageCommand command = new(folder.Sub("home"), stop);

    public string Home => command.Home;

    public async Task StartAsync()
    {
        var rows = await File.ReadAllLinesAsync(Path.Combine(Programs.Repository, "Samples", "Quickstart", "wdbc.csv"), stop);
        var files = Sites.Select((site, number) => folder.Write($"{site}.csv",
            string.Concat(rows.Where((_, row) => row == 0 || (row - 1) % 3 == number).Select(row => row + "\n"))));
        await command.AskAsync(["sandbox", "up", "--disclosure", "off", .. files.SelectMany(file => new[] { "--data", file })]);
    }

    public async ValueTask DisposeAsync() => await command.AskAsync("sandbox", "down");
}
