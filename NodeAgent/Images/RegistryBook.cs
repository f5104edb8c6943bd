using System.Collections.Concurrent;
using System.Net;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Images;
using Vantage.Protocol.Images.Registry;

namespace Vantage.NodeAgent.Images;

/// <summary>
/// The registries that this node speaks to. Which hosts these can be follows from the policy: a request for an image
/// elsewhere was refused before anybody asked there.
/// </summary>
internal sealed class RegistryBook(IReadOnlyList<RegistrySettings> settings, IWebProxy? proxy) : IImageStore, IDisposable
{
    private readonly ConcurrentDictionary<string, RegistryClient> clients = new();

    public (IImageContent Content, bool Imported) Open(ImageRepository repository, Digest digest) => (Client(repository.Host).Open(repository), false);

    public void Dispose()
    {
        foreach (var client in clients.Values)
        {
            client.Dispose();
        }
    }

    private RegistryClient Client(string host) => clients.GetOrAdd(host, _ => new RegistryClient(
        (settings.FirstOrDefault(s => s.Host == host) ?? new RegistrySettings(host)).ToAccess(proxy)));
}
