using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Json;

namespace Vantage.Tests.Coordinator.Hosting;

/// <summary>HTTP as a plain client speaks it, knowing nothing of the server but its records.</summary>
internal sealed class Rest(HttpClient http)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public HttpClient Http => http;

    public Task<T> GetAsync<T>(string path) => SucceedAsync<T>(http.GetAsync(new Uri(path, UriKind.Relative), Cancel));

    public Task<T> PostAsync<T>(string path, object body) => SucceedAsync<T>(http.PostAsync(new Uri(path, UriKind.Relative), Json(body), Cancel));

    public Task<T> PutAsync<T>(string path, object body) => SucceedAsync<T>(http.PutAsync(new Uri(path, UriKind.Relative), Json(body), Cancel));

    /// <summary>What is answered with nothing but that it was done.</summary>
    public async Task DoneAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : Json(body) };
        using var response = await http.SendAsync(request, Cancel);
        Assert.True(response.StatusCode == HttpStatusCode.NoContent, $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync(Cancel)}");
    }

    public async Task DeleteAsync(string path)
    {
        using var response = await http.DeleteAsync(new Uri(path, UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    /// <summary>The refusal that has to come.</summary>
    public async Task<Problem> RefusedAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : Json(body) };
        using var response = await http.SendAsync(request, Cancel);
        var text = await response.Content.ReadAsStringAsync(Cancel);
        Assert.True((int)response.StatusCode >= 400, $"{method} {path} was not refused: {(int)response.StatusCode} {text}");
        Assert.Equal(Problem.MediaType, response.Content.Headers.ContentType?.MediaType);
        var problem = JsonSerializer.Deserialize(text, ProtocolJson.Default.Problem)!;
        Assert.Equal((int)response.StatusCode, problem.Status);
        return problem;
    }

    private static async Task<T> SucceedAsync<T>(Task<HttpResponseMessage> asking)
    {
        using var response = await asking;
        var text = await response.Content.ReadAsStringAsync(Cancel);
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode} {text}");
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        return JsonSerializer.Deserialize(text, (JsonTypeInfo<T>)ProtocolJson.Default.GetTypeInfo(typeof(T))!)!;
    }

    private static StringContent Json(object body) => body as StringContent ?? new StringContent(
        JsonSerializer.Serialize(body, ProtocolJson.Default.GetTypeInfo(body.GetType())!), Encoding.UTF8, "application/json");
}
