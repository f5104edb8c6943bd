using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Vantage.Protocol.Json;
using Vantage.Tests.Coordinator.Accounts;

namespace Vantage.Tests.Advisories;

/// <summary>Everything that a stranger can tell an answer by, but for its time.</summary>
internal static partial class SignInAnswers
{
    /// <summary>Status, headers and body, without what differs between any two answers (date, trace id); and the hash work done.</summary>
    public static async Task<(string Answer, int Hashes)> OfAsync(SignInWorld world, string path, object body)
    {
        var before = world.Hasher.Count;
        using var content = new StringContent(
            JsonSerializer.Serialize(body, ProtocolJson.Default.GetTypeInfo(body.GetType())!), Encoding.UTF8, "application/json");
        using var answer = await world.Nobody.Http.PostAsync(new Uri(path, UriKind.Relative), content, TestContext.Current.CancellationToken);
        var headers = answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key != "Date")
            .Select(header => $"{header.Key}: {string.Join(',', header.Value)}").Order(StringComparer.Ordinal);
        var text = TraceId().Replace(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), "");
        return ($"{(int)answer.StatusCode}\n{string.Join('\n', headers)}\n{text}", world.Hasher.Count - before);
    }

    [GeneratedRegex("""
        ,?"traceId":"[^"]*"
        """)]
    private static partial Regex TraceId();
}
