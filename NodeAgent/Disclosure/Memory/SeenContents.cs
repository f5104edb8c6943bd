using Vantage.Protocol.Cryptography;

namespace Vantage.NodeAgent.Disclosure.Memory;

/// <summary>
/// Which rows sources held, by what they held: a large file that is the same as a moment ago need not be looked through again to know.
/// Forgets the oldest; then it is looked through.
/// </summary>
internal sealed class SeenContents
{
    /// <summary>Each takes some 200 bytes.</summary>
    public const int Most = 64;

    private readonly Lock gate = new();
    private readonly Dictionary<(string Dataset, Digest Content, int Reach), RowScope> seen = [];
    private readonly Queue<(string, Digest, int)> order = new();

    public RowScope? Find(string dataset, Digest content, int reach)
    {
        lock (gate)
        {
            return seen.GetValueOrDefault((dataset, content, reach));
        }
    }

    public void Note(RowScope scope, Digest content)
    {
        lock (gate)
        {
            var key = (scope.Dataset, content, scope.All.Reach);
            if (!seen.TryAdd(key, scope))
            {
                return;
            }

            order.Enqueue(key);
            if (order.Count > Most)
            {
                seen.Remove(order.Dequeue());
            }
        }
    }
}
