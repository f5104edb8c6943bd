using Vantage.Protocol.Images;
using Vantage.Protocol.Images.Signing;

namespace Vantage.NodeAgent.Images;

/// <summary>Somebody whose images may run here, as policy.yaml names them.</summary>
/// <param name="Key">With the policy's name for them.</param>
/// <param name="KeyFile">Where the key was read from.</param>
/// <param name="Pem">The file's content: when it changes, the policy is read anew.</param>
/// <param name="Repositories">Where they publish; a signature says nothing about images elsewhere.</param>
/// <param name="Minimum">Older versions are not run, well signed as they are.</param>
internal sealed record Publisher(
    PublisherKey Key, string KeyFile, string Pem, IReadOnlyList<RepositoryPattern> Repositories, AlgorithmVersion? Minimum = null)
{
    public string Name => Key.Name;

    public bool SignsFor(ImageRepository repository) => Repositories.Any(pattern => pattern.Matches(repository));

    /// <summary>A key that was replaced, or can't be read any more, does not count from the next request on.</summary>
    public bool IsUnchanged()
    {
        try
        {
            return File.ReadAllText(KeyFile) == Pem;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
