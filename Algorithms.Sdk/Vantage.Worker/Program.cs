using Vantage.Statistics;
using Vantage.Worker;

return await WorkerHost.RunAsync(args, StandardLibrary.Algorithms);
