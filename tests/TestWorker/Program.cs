using Vantage.Algorithms;
using Vantage.Statistics;
using Vantage.TestWorker;
using Vantage.Worker;

return await WorkerHost.RunAsync(
    args, new AlgorithmSet(
        [
            .. StandardLibrary.Algorithms.Held,
            new("testing", () => TestingAlgorithm.Algorithm),
            ConformanceAlgorithm.Algorithm,
        ])
    {
        Image = ConformanceAlgorithm.Algorithm,
    });
