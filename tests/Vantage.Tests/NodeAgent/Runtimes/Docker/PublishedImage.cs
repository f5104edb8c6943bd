using System.Text;
using System.Text.RegularExpressions;

namespace Vantage.Tests.NodeAgent.Runtimes.Docker;

/// <summary>Puts an image of the engine into a registry, as <c>docker tag</c> and <c>docker push</c> do.</summary>
internal static partial class PublishedImage
{
    /// <summary>The digest of its manifest there. The engine has it no more.</summary>
    public static async Task<string> PushAsync(TestEngine engine, string id, string repository)
    {
        var stop = TestContext.Current.CancellationToken;
        var name = Uri.EscapeDataString(repository);
        await engine.Calls.DoAsync(HttpMethod.Post, $"images/{id}/tag?repo={name}&tag=1", stop);
        using var answer = await engine.Calls.OpenAsync(HttpMethod.Post, $"images/{name}/push?tag=1", null,
            ("X-Registry-Auth", Convert.ToBase64String(Encoding.ASCII.GetBytes("{}"))), stop);
        var text = await answer.Content.ReadAsStringAsync(stop);
        await engine.Calls.DoAsync(HttpMethod.Delete, $"images/{id}?force=true", stop);
        return Pushed().Match(text) is { Success: true } digest ? digest.Groups["digest"].Value : throw new InvalidOperationException(text);
    }

    [GeneratedRegex("\"Digest\":\"(?<digest>sha256:[0-9a-f]{64})\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Pushed();
}
