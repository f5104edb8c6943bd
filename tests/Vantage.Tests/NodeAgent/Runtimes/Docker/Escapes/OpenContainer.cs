using System.Text;
using System.Text.Json;
using Vantage.NodeAgent.Runtimes.Docker.Engine;

namespace Vantage.Tests.NodeAgent.Runtimes.Docker.Escapes;

/// <summary>The same image and script as an engine starts it for whoever asks for nothing: as root, in the engine's default sandbox.</summary>
internal static class OpenContainer
{
    public static async Task<string> RunAsync(DockerBench bench)
    {
        var stop = TestContext.Current.CancellationToken;
        var name = $"{bench.Container}-open";
        var spec = new
        {
            bench.Image,
            Labels = new Dictionary<string, string> { ["org.vantage.node"] = bench.Node },
            HostConfig = new { NetworkMode = "none", Binds = new[] { $"{bench.Shown}:/vantage" } },
        };
        using var content = new StringContent(JsonSerializer.Serialize(spec), Encoding.UTF8, "application/json");
        using var created = await bench.Engine.Calls.OpenAsync(HttpMethod.Post, $"containers/create?name={name}", content, null, stop);
        using var streams = await bench.Engine.Client.AttachAsync(name, stop);
        await bench.Engine.Client.StartAsync(name, stop);
        using var said = new MemoryStream();
        await using var frames = await streams.Content.ReadAsStreamAsync(stop);
        await OutputFrames.PumpAsync(frames, text => said.Write(text.Span), stop);
        await bench.Engine.Client.RemoveAsync(name, stop);
        return Encoding.UTF8.GetString(said.ToArray());
    }
}
