using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Vantage.NodeAgent.Runtimes.Docker.Engine;

/// <summary>
/// As much of the Docker Engine API as running algorithms needs, over <see cref="EngineCalls"/>. Podman's service speaks
/// it too. Names and values of ours only are part of an address, and escaped.
/// </summary>
internal sealed class EngineClient(EngineCalls calls)
{
    public string Socket => calls.Socket;

    public Task<Version> VersionAsync(CancellationToken cancellationToken) => calls.NegotiateAsync(cancellationToken);

    public Task<EngineInfo> InfoAsync(CancellationToken cancellationToken) =>
        calls.GetAsync("info", EngineJson.Default.EngineInfo, cancellationToken);

    /// <param name="name">An id, or a repository with a digest.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null if the engine does not have it.</returns>
    public Task<EngineImage?> FindImageAsync(string name, CancellationToken cancellationToken) =>
        calls.FindAsync($"images/{Escaped(name)}/json", EngineJson.Default.EngineImage, cancellationToken);

    /// <exception cref="EngineException">The name is taken, among others.</exception>
    public Task<Created> CreateAsync(string name, ContainerSpec spec, CancellationToken cancellationToken) => WholeAsync(toTheEnd =>
        calls.PostAsync($"containers/create?name={Escaped(name)}", spec, EngineJson.Default.ContainerSpec, EngineJson.Default.Created, toTheEnd), cancellationToken);

    public Task<ContainerState> InspectAsync(string container, CancellationToken cancellationToken) =>
        calls.GetAsync($"containers/{Escaped(container)}/json", EngineJson.Default.ContainerState, cancellationToken);

    public Task StartAsync(string container, CancellationToken cancellationToken) =>
        calls.DoAsync(HttpMethod.Post, $"containers/{Escaped(container)}/start", cancellationToken);

    /// <summary>Has begun to wait when this returns; ask before starting, so that no end can be missed.</summary>
    public Task<HttpResponseMessage> WaitAsync(string container, CancellationToken cancellationToken) =>
        calls.OpenAsync(HttpMethod.Post, $"containers/{Escaped(container)}/wait?condition=next-exit", null, null, cancellationToken);

    /// <summary>What it writes from now on; ask before starting, so that nothing can be missed.</summary>
    public Task<HttpResponseMessage> AttachAsync(string container, CancellationToken cancellationToken) =>
        calls.OpenAsync(HttpMethod.Post, $"containers/{Escaped(container)}/attach?stream=1&stdout=1&stderr=1", null, null, cancellationToken);

    /// <summary>The same, and what is written to the stream is its standard input.</summary>
    public Task<HttpResponseMessage> AttachBothAsync(string container, CancellationToken cancellationToken) =>
        calls.UpgradeAsync($"containers/{Escaped(container)}/attach?stream=1&stdin=1&stdout=1&stderr=1", cancellationToken);

    /// <summary>Unpacks a tar archive in a folder of a container, which need not run.</summary>
    public async Task PutArchiveAsync(string container, string folder, HttpContent archive, CancellationToken cancellationToken)
    {
        using var answer = await calls.OpenAsync(
            HttpMethod.Put, $"containers/{Escaped(container)}/archive?path={Escaped(folder)}&noOverwriteDirNonDir=true", archive, null, cancellationToken);
    }

    /// <summary>False if it was not running any more.</summary>
    public async Task<bool> KillAsync(string container, string signal, CancellationToken cancellationToken)
    {
        try
        {
            await calls.DoAsync(HttpMethod.Post, $"containers/{Escaped(container)}/kill?signal={Escaped(signal)}", cancellationToken);
            return true;
        }
        catch (EngineException e) when (e.Status is HttpStatusCode.NotFound or HttpStatusCode.Conflict)
        {
            return false;
        }
    }

    /// <summary>Kills it if need be, and returns when it is gone. Nothing happens if it is not there.</summary>
    public async Task RemoveAsync(string container, CancellationToken cancellationToken)
    {
        try
        {
            await DeleteAsync($"containers/{Escaped(container)}?force=true&v=true", cancellationToken);
        }
        catch (EngineException e) when (e.Status == HttpStatusCode.Conflict)
        {
            // Somebody is removing it at this moment.
            await GoneAsync(container, cancellationToken);
        }
    }

    public async Task<IReadOnlyList<Listed>> ListAsync(string label, string value, CancellationToken cancellationToken) =>
        await calls.GetAsync($"containers/json?all=true&filters={Filters.Label(label, value)}", EngineJson.Default.ListListed, cancellationToken);

    public Task<Volume> CreateVolumeAsync(VolumeSpec spec, CancellationToken cancellationToken) => WholeAsync(toTheEnd =>
        calls.PostAsync("volumes/create", spec, EngineJson.Default.VolumeSpec, EngineJson.Default.Volume, toTheEnd), cancellationToken);

    public Task<Volume?> FindVolumeAsync(string name, CancellationToken cancellationToken) =>
        calls.FindAsync($"volumes/{Escaped(name)}", EngineJson.Default.Volume, cancellationToken);

    /// <summary>Those that there are, by their names.</summary>
    public async Task<IReadOnlyDictionary<string, Volume>> FindVolumesAsync(IEnumerable<string> names, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, Volume>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (await FindVolumeAsync(name, cancellationToken) is { } volume)
            {
                found[name] = volume;
            }
        }

        return found;
    }

    public async Task<IReadOnlyList<Volume>> ListVolumesAsync(string label, string value, CancellationToken cancellationToken) =>
        (await calls.GetAsync($"volumes?filters={Filters.Label(label, value)}", EngineJson.Default.VolumeList, cancellationToken)).Volumes ?? [];

    public Task RemoveVolumeAsync(string name, CancellationToken cancellationToken) =>
        DeleteAsync($"volumes/{Escaped(name)}?force=true", cancellationToken);

    /// <summary>Opens a pull of exactly this manifest; how it goes comes line by line.</summary>
    public Task<HttpResponseMessage> PullAsync(string repository, string digest, string? login, CancellationToken cancellationToken) =>
        calls.OpenAsync(HttpMethod.Post, string.Create(CultureInfo.InvariantCulture, $"images/create?fromImage={Escaped(repository)}&tag={Escaped(digest)}"),
            null, login is null ? null : ("X-Registry-Auth", login), cancellationToken);

    /// <summary>Opens the loading of an archive as <c>docker save</c> writes it; how it goes comes line by line.</summary>
    public async Task<HttpResponseMessage> LoadAsync(byte[] archive, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(archive);
        content.Headers.ContentType = new("application/x-tar");
        return await calls.OpenAsync(HttpMethod.Post, "images/load?quiet=true", content, null, cancellationToken);
    }

    /// <summary>Takes images in the form that <c>docker save</c> writes; returns when the engine has them.</summary>
    /// <exception cref="EngineException">A layer is not what the config says, among others.</exception>
    public async Task LoadAsync(HttpContent archive, CancellationToken cancellationToken)
    {
        using var answer = await calls.SendLargeAsync("images/load?quiet=1", archive, cancellationToken);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(cancellationToken));
        while (await lines.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.Length > 0 && JsonSerializer.Deserialize(line, EngineLowerJson.Default.PullLine)?.Error is { } error)
            {
                throw new EngineException(answer.StatusCode, error);
            }
        }
    }

    /// <summary>
    /// What is to be made is waited for even by one who has given up meanwhile. An engine that is hung up on goes on making,
    /// and whoever looked for it before it was there would leave it.
    /// </summary>
    private static async Task<T> WholeAsync<T>(Func<CancellationToken, Task<T>> make, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var made = await make(CancellationToken.None);
        cancellationToken.ThrowIfCancellationRequested();
        return made;
    }

    private async Task GoneAsync(string container, CancellationToken cancellationToken)
    {
        try
        {
            using var waiting = await calls.OpenAsync(
                HttpMethod.Post, $"containers/{Escaped(container)}/wait?condition=removed", null, null, cancellationToken);
            await waiting.Content.LoadIntoBufferAsync(cancellationToken);
        }
        catch (EngineException e) when (e.Status == HttpStatusCode.NotFound)
        {
            // It was quicker.
        }
    }

    private async Task DeleteAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await calls.DoAsync(HttpMethod.Delete, path, cancellationToken);
        }
        catch (EngineException e) when (e.Status == HttpStatusCode.NotFound)
        {
            // Gone already.
        }
    }

    private static string Escaped(string part) => Uri.EscapeDataString(part);
}
