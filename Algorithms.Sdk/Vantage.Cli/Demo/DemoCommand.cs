using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Federations;

namespace Vantage.Cli.Demo;

/// <summary>
/// <c>vantage demo</c>: a Coordinator and three hospital nodes as processes of their own, the Wisconsin breast cancer data
/// spread over them, a federated summary and a logistic regression, end to end encrypted. Leaves nothing behind unless told to.
/// </summary>
internal static class DemoCommand
{
    public const string Failed = "demo-failed";
    private const string Collaboration = "Breast cancer study";

    public static void Fill(Command command, CliConsole console)
    {
        var keep = new Option<bool>("--keep") { Description = "Leave everything running, and say how to go on." };
        command.With(keep).Does(console, async (call, cancellationToken) =>
        {
            var data = DemoData.Read();
            var clock = Stopwatch.StartNew();
            await using var stage = Stage.Temporary("vantage-demo-");
            stage.Keep = call.Value(keep);
            var cast = Cast.Gather(stage, ("Rosa, researcher", stage.Sub("people", "researcher")),
                [("Northern Hospital", "north"), ("Eastern Hospital", "east"), ("Southern Hospital", "south")], cancellationToken);
            using var federation = new LocalFederation(stage, cast, Collaboration, cancellationToken);
            await PlayAsync(call, federation, data, clock);
            var answer = await federation.AskAsync("summary", DemoData.Id);
            Step(call, clock, $"{Receipts(answer)} receipts verified, results decrypted and combined by {cast.Researcher.Name}");
            var fit = await federation.AskAsync("logistic", DemoData.Id, "--args", $$"""{"formula":"{{PooledLogistic.Formula}}"}""");
            Step(call, clock, $"a logistic regression fitted in {Rounds(fit)} rounds, {Receipts(fit)} more receipts verified");
            var view = CoordinatorView.Of(await cast.Admin.AskAsync("task", "show", answer.GetProperty("task").GetString()!),
                stage.Sub("coordinator"), [.. data.Columns().Keys]);
            Show(call, answer, fit, data, view, clock);
            if (call.Value(keep))
            {
                HowToGoOn(call, stage, cast);
            }
        });
    }

    private static async Task PlayAsync(Invocation call, LocalFederation federation, DemoData data, Stopwatch clock)
    {
        await federation.StartCoordinatorAsync();
        Step(call, clock, "the Coordinator runs, on a PostgreSQL of its own");
        await federation.FoundAsync();
        Step(call, clock, $"three hospitals have an admin and a root key each, and agreed on the '{Collaboration}'");
        await federation.PinAsync();
        await federation.CertifyResearcherAsync();
        Step(call, clock, "partners pinned each other's roots; the researcher's keys are certified");
        await federation.StartNodesAsync(partner => Task.FromResult(Furnish(federation, partner, data)));
        Step(call, clock, $"three nodes run, each with a third of the {data.Rows} rows and a policy of its own");
    }

    private static NodeFiles Furnish(LocalFederation federation, Partner partner, DemoData data)
    {
        var rows = Path.Combine(partner.NodeFolder, "patients.csv");
        data.WriteShare(rows, federation.Partners.Index().First(item => item.Item.Name == partner.Name).Index, federation.Partners.Count);
        return new(DemoPolicy.Sources(rows), DemoPolicy.Policy(federation.Collaboration, federation.Home.Organization));
    }

    private static void Show(Invocation call, JsonElement answer, JsonElement fitted, DemoData data, CoordinatorView view,
        Stopwatch clock)
    {
        var result = answer.GetProperty("result");
        var fit = fitted.GetProperty("result");
        var outcome = new DemoOutcome("summary", answer.GetProperty("sites").GetProperty("answered").GetArrayLength(), result.GetProperty("rows").GetInt64(), result,
            DemoReport.Compare(result, data),
            new(fit.GetProperty("coefficients"), fit.GetProperty("standardErrors"), PooledLogistic.Compare(fit), Rounds(fitted),
                Receipts(fitted)),
            Receipts(answer), Math.Round(clock.Elapsed.TotalSeconds, 2));
        call.Output.Result(outcome, CliJson.Default.DemoOutcome, null, text =>
        {
            DemoReport.WriteTable(text, result, data);
            DemoReport.WriteFit(text, fit);
            DemoReport.WriteView(text, view);
            text.WriteLine($"\n{outcome.Sites} sites, {outcome.Rows} rows, {outcome.ReceiptsVerified + outcome.Logistic.ReceiptsVerified} receipts verified, in {outcome.Seconds} s.");
            if (Seconds("VANTAGE_SETUP_SECONDS") is > 0 and var setup)
            {
                text.WriteLine($"Before that, once: {setup} s to build, of which {Seconds("VANTAGE_DOWNLOAD_SECONDS")} s to download.");
            }
        });
    }

    private static void HowToGoOn(Invocation call, Stage stage, Cast cast)
    {
        call.Output.Say($"\nEverything still runs, in {stage.Folder}. For example:");
        call.Output.Say($"  vantage task run --algorithm summary --collaboration '{Collaboration}' --data {DemoData.Id} "
            + $"--args '{{\"columns\":[\"mean_radius\"]}}' --wait --home {cast.Researcher.Home}");
        call.Output.Say($"  vantage node list --home {cast.Home.Admin.Home}");
        call.Output.Say($"  vantage node status --dir {cast.Home.NodeFolder}");
        call.Output.Say($"To end it: kill {string.Join(' ', stage.Programs.Reverse().Select(program => program.Id))}; rm -r {stage.Folder}");
    }

    private static void Step(Invocation call, Stopwatch clock, string what) =>
        call.Output.Say($"{clock.Elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture),5} s  {what}");

    private static int Receipts(JsonElement answer) => answer.GetProperty("receipts").GetArrayLength();

    private static int Rounds(JsonElement answer) => answer.GetProperty("receipts").EnumerateArray()
        .Select(receipt => receipt.GetProperty("task").GetString()).Distinct().Count();

    private static double Seconds(string variable) =>
        double.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var seconds) ? seconds : 0;
}
