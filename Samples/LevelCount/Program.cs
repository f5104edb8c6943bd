using LevelCounting;
using Vantage.Algorithms;
using Vantage.Statistics;
using Vantage.Worker;

return await WorkerHost.RunAsync(args, new AlgorithmSet([.. StandardLibrary.Algorithms.Held, LevelCount.Algorithm])
{
    Image = LevelCount.Algorithm,
});
