using Vantage.Protocol.Hub;

namespace Vantage.Coordinator.Realtime.Nodes;

/// <summary>
/// What is to be said to one connection. While one thing is on its way the rest gathers: any number of hints become one,
/// and a node that reads slowly holds nobody else up.
/// </summary>
internal sealed class NodeLine(INodeClient client)
{
    private readonly Lock gate = new();
    // Most lines never carry one, and there may be thousands.
    private List<StopOrder>? orders;
    private int hinted;
    private int statements;
    private int lookAgain;
    private int speaking;

    public void Hint()
    {
        Volatile.Write(ref hinted, 1);
        Speak();
    }

    public void StatementsChanged()
    {
        Volatile.Write(ref statements, 1);
        Speak();
    }

    public void LookAgain()
    {
        Volatile.Write(ref lookAgain, 1);
        Speak();
    }

    public void Stop(StopOrder order)
    {
        lock (gate)
        {
            (orders ??= []).Add(order);
        }

        Speak();
    }

    public async Task GoAwayAsync(string reason)
    {
        try
        {
            await client.GoingAway(reason);
        }
        catch (Exception)
        {
            // It has gone first.
        }
    }

    private bool HasWords => Volatile.Read(ref hinted) == 1 || Volatile.Read(ref statements) == 1 || Volatile.Read(ref lookAgain) == 1
        || Volatile.Read(ref orders) is not null;

    private void Speak()
    {
        if (Interlocked.CompareExchange(ref speaking, 1, 0) == 0)
        {
            _ = SpeakAsync();
        }
    }

    private async Task SpeakAsync()
    {
        do
        {
            try
            {
                while (HasWords)
                {
                    await SayAsync();
                }
            }
            catch (Exception)
            {
                // The connection is going; the node finds out by reconciling.
                TakeOrders();
                Volatile.Write(ref hinted, 0);
                Volatile.Write(ref statements, 0);
                Volatile.Write(ref lookAgain, 0);
            }

            Volatile.Write(ref speaking, 0);
        }
        while (HasWords && Interlocked.CompareExchange(ref speaking, 1, 0) == 0);
    }

    private async Task SayAsync()
    {
        if (TakeOrders() is { } stops)
        {
            await client.StopWork(stops);
        }

        if (Interlocked.Exchange(ref statements, 0) == 1)
        {
            await client.StatementsChanged();
        }

        if (Interlocked.Exchange(ref hinted, 0) == 1)
        {
            await client.WorkAvailable();
        }

        if (Interlocked.Exchange(ref lookAgain, 0) == 1)
        {
            await client.LookAgain();
        }
    }

    private List<StopOrder>? TakeOrders()
    {
        lock (gate)
        {
            var taken = orders;
            orders = null;
            return taken;
        }
    }
}
