using System.Text;
using Vantage.Protocol.Ids;

namespace Vantage.Benchmarks.Wire;

/// <summary>Reads from the hub's answers the little that the load generator needs.</summary>
internal static class ClaimAnswer
{
    /// <summary>The claimed runs; their epochs are known to be first ones.</summary>
    public static List<RunId> Runs(ReadOnlySpan<byte> answer)
    {
        var runs = new List<RunId>();
        var mark = "\"run\":\""u8;
        while (answer.IndexOf(mark) is >= 0 and var at)
        {
            answer = answer[(at + mark.Length)..];
            runs.Add(RunId.Parse(Encoding.ASCII.GetString(answer[..answer.IndexOf((byte)'"')]), null));
        }

        return runs;
    }

    public static int Count(ReadOnlySpan<byte> answer) => answer.Count("\"run\":\""u8);

    public static void RequireCommitted(ReadOnlySpan<byte> answer)
    {
        if (answer.IndexOf("\"Committed\""u8) < 0)
        {
            throw new InvalidOperationException($"A commit was not taken: {Encoding.UTF8.GetString(answer)}");
        }
    }
}
