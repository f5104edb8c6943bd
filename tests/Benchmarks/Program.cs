using Vantage.Benchmarks;
using Vantage.Benchmarks.Baselines;
using Vantage.Benchmarks.Load;
using Vantage.Benchmarks.Reporting;
using Vantage.Benchmarks.Sections;

if (args is [BareServer.Verb, ..])
{
    return await BareServer.RunAsync(args.ElementAtOrDefault(1));
}

if (args.Contains("--help"))
{
    Console.WriteLine(BenchOptions.Usage);
    return 0;
}

if (BenchOptions.Parse(args, out var wrong) is not { } options)
{
    await Console.Error.WriteLineAsync($"{wrong}\n{BenchOptions.Usage}");
    return 2;
}

var report = new Report();
if (options.Has(CryptographySection.Name))
{
    CryptographySection.Run(options, report);
}

if (options.Has(TasksSection.Name) || options.Has(CyclesSection.Name) || options.Has(ToldSection.Name))
{
    await using var bench = await Bench.PrepareAsync(options, report);
    if (options.Has(TasksSection.Name))
    {
        await TasksSection.RunAsync(bench);
    }

    if (options.Has(CyclesSection.Name))
    {
        await CyclesSection.RunAsync(bench);
    }

    if (options.Has(ToldSection.Name))
    {
        await ToldSection.RunAsync(bench);
    }
}

report.Print(options.Json);
return 0;
