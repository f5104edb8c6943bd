using System.Text;

namespace Vantage.NodeAgent.Runtimes.Docker.Network;

/// <summary>What the relay says: one word when it is ready, or why it can't be.</summary>
internal sealed class RelayWords(string awaited)
{
    private const int Most = 1024;
    private readonly StringBuilder text = new();
    private readonly TaskCompletionSource heard = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Heard => heard.Task;

    public string Text => text.Length > 0 ? text.ToString().Trim() : "it said nothing";

    public void Hear(ReadOnlyMemory<byte> said)
    {
        if (text.Length < Most)
        {
            text.Append(Encoding.ASCII.GetString(said.Span));
        }

        if (Text == awaited)
        {
            heard.TrySetResult();
        }
    }
}
