using Vantage.Protocol.Errors;

namespace Vantage.NodeAgent.Hosting;

/// <summary>One process a node's directory. Two would each believe their own journal.</summary>
internal sealed class NodeLock : IDisposable
{
    private readonly FileStream file;

    private NodeLock(FileStream file) => this.file = file;

    public static NodeLock Take(NodeHome home)
    {
        try
        {
            Directory.CreateDirectory(home.State);
            return new NodeLock(new FileStream(home.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e)
        {
            throw new CommandFailure(ExitCodes.Conflict,
                $"A node runs in {home.Root} already ({home.Lock} is held). 'vantage node status --dir {home.Root}' shows it.", e);
        }
    }

    public void Dispose() => file.Dispose();
}
