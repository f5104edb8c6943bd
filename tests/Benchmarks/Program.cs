using System.Runtime.InteropServices;
using Vantage.Benchmarks;
using Vantage.Benchmarks.Baselines;
using Vantage.Benchmarks.Containers;
using Vantage.Benchmarks.Load;
using Vantage.Benchmarks.Processes;
using Vantage.Benchmarks.Reporting;
using Vantage.Benchmarks.Sections;

if (args is [BareServer.Verb, ..])
{
    return await BareServer.RunAsync(args.ElementAtOrDefault(1));
}

if (args is [DuckAggregate.Verb, var files])
{
    return DuckAggregate.Run(files);
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
foreach (var signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM])
{
    _ = PosixSignalRegistration.Create(signal, _ => ServerProcess.StopAll());
}

if (options.LeftOut.Count > 0)
{
    report.Progress($"left out, since there is no container engine here: {string.Join(", ", options.LeftOut)}");
}

if (options.Has(CryptographySection.Name))
{
    CryptographySection.Run(options, report);
}

Directory.CreateDirectory(options.Data);
if (options.Has(ContainersSection.Name) || options.Has(WarmSection.Name))
{
    await using var image = await BenchImage.MakeAsync();
    if (options.Has(ContainersSection.Name))
    {
        report.Progress(ContainersSection.Name);
        await ContainersSection.RunAsync(image, options, report);
    }

    if (options.Has(WarmSection.Name))
    {
        report.Progress(WarmSection.Name);
        await WarmSection.RunAsync(image, options, report);
    }
}

if (options.Has(AskedSection.Name))
{
    report.Progress(AskedSection.Name);
    await AskedSection.RunAsync(options, report);
}

if (options.Has(InteractiveSection.Name))
{
    report.Progress(InteractiveSection.Name);
    await InteractiveSection.RunAsync(options, report);
}

if (options.Has(RowsSection.Name))
{
    report.Progress(RowsSection.Name);
    await RowsSection.RunAsync(options, report);
}

(string Name, Func<Bench, Task> RunAsync)[] onOneCoordinator =
[
    (TasksSection.Name, TasksSection.RunAsync),
    (CyclesSection.Name, CyclesSection.RunAsync),
    (ToldSection.Name, ToldSection.RunAsync),
    (PayloadsSection.Name, PayloadsSection.RunAsync),
    (HistorySection.Name, HistorySection.RunAsync),
];
if (onOneCoordinator.Any(section => options.Has(section.Name)))
{
    await using var bench = await Bench.PrepareAsync(options, report);
    foreach (var section in onOneCoordinator.Where(section => options.Has(section.Name)))
    {
        report.Progress(section.Name);
        await section.RunAsync(bench);
    }
}

if (options.Has(CrowdSection.Memory) || options.Has(CrowdSection.Reconnect) || options.Has(StartSection.Name))
{
    report.Progress("starting another Coordinator, for a crowd of nodes");
    await using var coordinator = await RunningCoordinator.StartAsync(options, "crowd");
    var first = coordinator.StartedWithin;
    if (options.Has(CrowdSection.Memory) || options.Has(CrowdSection.Reconnect))
    {
        await CrowdSection.RunAsync(coordinator, options, report);
    }

    if (options.Has(StartSection.Name))
    {
        await StartSection.RunAsync(first, coordinator, options, report);
    }
}

Directory.Delete(options.Data, recursive: true);
report.Print(options.Json);
return 0;
