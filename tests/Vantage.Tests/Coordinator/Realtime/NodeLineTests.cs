using Vantage.Coordinator.Realtime.Nodes;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;

namespace Vantage.Tests.Coordinator.Realtime;

public sealed class NodeLineTests
{
    [Fact]
    public async Task WhileOneHintIsOnItsWay_AnyNumberOfFurtherOnesAreOne()
    {
        var client = new SlowClient();
        var line = new NodeLine(client);

        line.Hint();
        await client.ReadsAsync();
        for (var i = 0; i < 100; i++)
        {
            line.Hint();
        }

        client.Go();
        await client.ReadsAsync();
        client.Go();

        Assert.Equal(2, client.Hints);
    }

    [Fact]
    public async Task OrdersThatGatherBehindASlowReader_AllArrive()
    {
        var client = new SlowClient();
        var line = new NodeLine(client);
        var orders = Enumerable.Range(0, 50).Select(i => new StopOrder(RunId.New(TimeProvider.System), i, StopReason.Cancelled)).ToList();

        line.Hint();
        await client.ReadsAsync();
        orders.ForEach(line.Stop);
        client.Go();
        await client.ReadsAsync();
        client.Go();

        Assert.Equal(orders, client.Orders);
    }

    /// <summary>Takes a message only when the test says so.</summary>
    private sealed class SlowClient : INodeClient
    {
        private TaskCompletionSource reading = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private TaskCompletionSource go = new();

        public int Hints { get; private set; }

        public List<StopOrder> Orders { get; } = [];

        public async Task ReadsAsync()
        {
            await reading.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
            reading = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        public void Go() => Interlocked.Exchange(ref go, new()).SetResult();

        public Task WorkAvailable()
        {
            Hints++;
            return ReadAsync();
        }

        public Task StopWork(IReadOnlyList<StopOrder> orders)
        {
            Orders.AddRange(orders);
            return ReadAsync();
        }

        public Task StatementsChanged() => Task.CompletedTask;

        public Task LookAgain() => Task.CompletedTask;

        public Task GoingAway(string reason) => Task.CompletedTask;

        private Task ReadAsync()
        {
            var until = go.Task;
            reading.TrySetResult();
            return until;
        }
    }
}
