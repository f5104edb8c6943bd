using Vantage.NodeAgent.Hosting;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Identities;

namespace Vantage.NodeAgent.Trust;

/// <summary>The own organization's root, as its admin installed it. Everything this node believes begins here.</summary>
internal static class OwnRoot
{
    public static Certificate Load(NodeHome home) => File.Exists(home.OwnRoot)
        ? Read(home.OwnRoot)
        : throw CommandFailure.Configuration(
            $"There is no {home.OwnRoot}. Get your organization's root certificate from its admin, compare the fingerprint "
            + "over another channel, and put it there.");

    /// <summary>Throws <see cref="CommandFailure"/> for a file that is no root.</summary>
    public static Certificate Read(string path)
    {
        try
        {
            var root = Certificate.FromPem(File.ReadAllText(path));
            return PinnedRoot.Of(root).Certificate;
        }
        catch (Exception e) when (e is TrustException or FormatException)
        {
            throw new CommandFailure(ExitCodes.Untrusted, $"{path} is not an organization's root certificate. {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.Configuration($"{path} can't be read: {e.Message}", e);
        }
    }
}
