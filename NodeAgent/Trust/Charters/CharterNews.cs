using Vantage.NodeAgent.Link;
using Vantage.Protocol.Api;

namespace Vantage.NodeAgent.Trust.Charters;

/// <summary>Where the Coordinator says that charters stand, from the link to whoever fetches them. The latest word counts.</summary>
internal sealed class CharterNews
{
    private readonly Signal signal = new();
    private volatile IReadOnlyList<CharterHead> latest = [];

    public void Heard(IReadOnlyList<CharterHead> heads)
    {
        latest = heads;
        if (heads.Count > 0)
        {
            signal.Set();
        }
    }

    public async Task<IReadOnlyList<CharterHead>> NextAsync(CancellationToken cancellationToken)
    {
        await signal.WaitAsync(cancellationToken);
        return latest;
    }
}
