using System.Net;
using System.Text.Json;
using Vantage.Client.Errors;

namespace Vantage.Cli.Engines;

/// <summary>What a sandbox asks of the engine itself: whether it is there, and to let go of what the sandbox left in it.</summary>
internal sealed class LocalEngine(string socket) : IDisposable
{
    /// <summary>Containers carry their node under this label, as docs/node-admin.md says.</summary>
    private const string NodeLabel = "org.vantage.node";

    public string Socket { get; } = socket;

    private readonly HttpClient http = EngineSocket.Open(socket);

    /// <summary>Throws <see cref="VantageException"/> saying what to install where there is no engine that can be used.</summary>
    public async Task RequireAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri("_ping", UriKind.Relative), cancellationToken);
            if (!answer.IsSuccessStatusCode || !answer.Headers.Contains("Api-Version"))
            {
                throw Absent($"What listens at {Socket} is no container engine.");
            }
        }
        catch (HttpRequestException e)
        {
            throw Absent($"No container engine answers at {Socket} ({e.InnerException?.Message ?? e.Message}).", e);
        }
    }

    public async Task<bool> HasImageAsync(string image, CancellationToken cancellationToken)
    {
        using var answer = await http.GetAsync(new Uri($"images/{Escaped(image)}/json", UriKind.Relative), cancellationToken);
        return answer.IsSuccessStatusCode;
    }

    /// <summary>Has it pull an image that it does not have yet, with what it has itself for the registry.</summary>
    public async Task PullAsync(string image, CancellationToken cancellationToken)
    {
        if (await HasImageAsync(image, cancellationToken) || !image.Contains('/', StringComparison.Ordinal))
        {
            return;
        }

        var (name, tag) = image.Split('@', 2) is [var repository, var digest] ? (repository, digest)
            : image.LastIndexOf(':') is var colon && colon > image.LastIndexOf('/') ? (image[..colon], image[(colon + 1)..]) : (image, "latest");
        using var answer = await http.PostAsync(
            new Uri($"images/create?fromImage={Uri.EscapeDataString(name)}&tag={Uri.EscapeDataString(tag)}", UriKind.Relative), null, cancellationToken);
        // How it went stands in what it says meanwhile; that it is there, or not, is seen by whoever takes it out.
        await answer.Content.LoadIntoBufferAsync(cancellationToken);
    }

    /// <summary>Whatever of it is there; what is not there is gone.</summary>
    public async Task ClearAsync(IEnumerable<string> nodes, IEnumerable<string> images)
    {
        foreach (var node in nodes)
        {
            var filter = Uri.EscapeDataString($$"""{"label":["{{NodeLabel}}={{node}}"]}""");
            foreach (var container in await ListAsync($"containers/json?all=true&filters={filter}", root => root, "Id"))
            {
                await DeleteAsync($"containers/{container}?force=true&v=true");
            }

            foreach (var volume in await ListAsync($"volumes?filters={filter}", root => root.GetProperty("Volumes"), "Name"))
            {
                await DeleteAsync($"volumes/{Uri.EscapeDataString(volume)}?force=true");
            }
        }

        foreach (var image in images)
        {
            await DeleteAsync($"images/{image}?force=true");
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<IReadOnlyList<string>> ListAsync(string path, Func<JsonElement, JsonElement> list, string name)
    {
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));
        answer.EnsureSuccessStatusCode();
        using var parsed = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        var found = list(parsed.RootElement);
        return found.ValueKind == JsonValueKind.Array ? [.. found.EnumerateArray().Select(one => one.GetProperty(name).GetString()!)] : [];
    }

    private async Task DeleteAsync(string path)
    {
        using var answer = await http.DeleteAsync(new Uri(path, UriKind.Relative));
        if (answer.StatusCode is not (HttpStatusCode.NotFound or HttpStatusCode.Conflict))
        {
            answer.EnsureSuccessStatusCode();
        }
    }

    /// <summary>A name's slashes are the path's own, for engines and for the proxies before them.</summary>
    private static string Escaped(string image) => string.Join('/', image.Split('/').Select(Uri.EscapeDataString));

    private static VantageException Absent(string what, Exception? inner = null) => new(ClientErrorCodes.Unreachable, what,
        "Install and start one that this account may use (Debian: apt-get install docker.io; Fedora: dnf install podman-docker), set DOCKER_HOST"
        + " to its unix:// address, or leave out --runtime docker: the sandbox then runs algorithms as ordinary processes.", inner);
}
