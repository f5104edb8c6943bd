using System.Buffers.Text;
using System.Text.Json;
using Vantage.NodeAgent.Runtimes.Docker.Engine;
using Vantage.Protocol.Hub;

namespace Vantage.NodeAgent.Runtimes.Docker;

/// <summary>Whether the engine has exactly the image that was verified.</summary>
internal abstract record ImageSupplied
{
    private ImageSupplied() { }

    /// <param name="Id">By this the engine starts it, whatever names move meanwhile.</param>
    public sealed record Ready(string Id) : ImageSupplied;

    public sealed record Refused(string Rule, string Message) : ImageSupplied;

    /// <param name="Message">What the node's admin should look at.</param>
    public sealed record Unavailable(string Message) : ImageSupplied;
}

/// <summary>
/// Brings a verified image into the engine, pulled by digest, and looks again at what came: the engine's word for an
/// image is a digest of what it holds, and must be the one that was verified.
/// </summary>
/// <param name="engine">Where to.</param>
/// <param name="logins">What a registry, by its host, wants to know; null for nothing.</param>
internal sealed class ImageSupply(EngineClient engine, Func<string, RegistryLogin?> logins)
{
    private const string Hub = "docker.io/";
    private const string HubLibrary = "docker.io/library/";

    public async Task<ImageSupplied> GetAsync(RuntimeCode.Image wanted, Action<WaitingReason> waiting, CancellationToken cancellationToken)
    {
        var name = $"{wanted.Repository}@{wanted.Manifest}";
        if ((await engine.FindImageAsync(wanted.Config.ToString(), cancellationToken)
            ?? await engine.FindImageAsync(name, cancellationToken)) is { } there)
        {
            return Judge(wanted, there);
        }

        waiting(WaitingReason.PullingImage);
        if (await PullAsync(wanted, cancellationToken) is { } problem)
        {
            return new ImageSupplied.Unavailable($"The image {name} can't be pulled: {problem}{Advice(wanted.Repository, problem)}");
        }

        waiting(WaitingReason.None);
        return await engine.FindImageAsync(name, cancellationToken) switch
        {
            null => new ImageSupplied.Unavailable($"The engine says that it pulled {name}, and does not have it."),
            var pulled when !IsKnownAs(pulled, wanted) => Other(wanted, $"it lists it as {string.Join(", ", pulled.RepoDigests ?? [])}"),
            var pulled => Judge(wanted, pulled),
        };
    }

    /// <summary>What node.yaml says of a registry's authorities is the node's; the engine pulls by itself and has its own.</summary>
    private static string Advice(string repository, string problem) => problem.Contains("x509", StringComparison.Ordinal)
        ? $" The engine does not know who signed that registry's certificate: put the authority's PEM file where it looks, which is /etc/docker/certs.d/{repository.Split('/')[0]}/ca.crt for Docker"
            + $" (~/.config/docker/certs.d for a rootless one) and /etc/containers/certs.d/{repository.Split('/')[0]}/ca.crt for Podman. 'registries[].ca' in node.yaml is for the node's own look at signatures."
        : "";

    private static ImageSupplied Judge(RuntimeCode.Image wanted, EngineImage has)
    {
        if (has.Id != wanted.Config.ToString() && has.Id != wanted.Manifest.ToString())
        {
            return Other(wanted, $"it holds {has.Id}");
        }

        return has.Config?.Volumes is { Count: > 0 } volumes
            ? new ImageSupplied.Refused("sandbox.disk", "The image declares volumes, which would be disk that nobody limits: "
                + string.Join(", ", volumes.Keys.Order(StringComparer.Ordinal)) + ". Its author takes VOLUME out of it; scratch space is /tmp.")
            : new ImageSupplied.Ready(has.Id);
    }

    private static ImageSupplied.Refused Other(RuntimeCode.Image wanted, string what) => new("image digest",
        $"The container engine of this node does not hold what was verified as {wanted.Repository}@{wanted.Manifest} (configuration {wanted.Config}): {what}.");

    /// <summary>An engine that calls things by Docker Hub's short names means the same.</summary>
    private static bool IsKnownAs(EngineImage image, RuntimeCode.Image wanted) => (image.RepoDigests ?? []).Any(known =>
        new[] { "", Hub, HubLibrary }.Any(prefix => prefix + known == $"{wanted.Repository}@{wanted.Manifest}"));

    /// <summary>Null when it went well, else why it did not.</summary>
    private async Task<string?> PullAsync(RuntimeCode.Image wanted, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await engine.PullAsync(
                wanted.Repository, wanted.Manifest.ToString(), Login(wanted.Repository), cancellationToken);
            using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(cancellationToken));
            while (await lines.ReadLineAsync(cancellationToken) is { } line)
            {
                if (line.Length > 0 && JsonSerializer.Deserialize(line, EngineLowerJson.Default.PullLine)?.Error is { } error)
                {
                    return error;
                }
            }

            return null;
        }
        catch (EngineException e) when (!e.IsUnreachable)
        {
            return e.Message;
        }
        catch (Exception e) when (e is IOException or HttpRequestException or JsonException)
        {
            return $"the engine broke off in the middle ({e.Message})";
        }
    }

    private string? Login(string repository) => logins(repository[..Math.Max(0, repository.IndexOf('/', StringComparison.Ordinal))]) is { } login
        ? Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(login, EngineLowerJson.Default.RegistryLogin))
        : null;
}
