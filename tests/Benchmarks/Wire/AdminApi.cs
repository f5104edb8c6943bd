using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Vantage.Protocol.Json;

namespace Vantage.Benchmarks.Wire;

/// <summary>The REST routes for what is set up before anything is measured.</summary>
internal sealed class AdminApi : IDisposable
{
    private readonly HttpClient http;

    public AdminApi(Uri url, string? token = null)
    {
        http = new HttpClient { BaseAddress = url };
        if (token is not null)
        {
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    public Task<TAnswer> PostAsync<TBody, TAnswer>(string path, TBody body) => SendAsync<TBody, TAnswer>(HttpMethod.Post, path, body);

    public Task<TAnswer> PutAsync<TBody, TAnswer>(string path, TBody body) => SendAsync<TBody, TAnswer>(HttpMethod.Put, path, body);

    public void Dispose() => http.Dispose();

    private async Task<TAnswer> SendAsync<TBody, TAnswer>(HttpMethod method, string path, TBody body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body, Type<TBody>()) };
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? JsonSerializer.Deserialize(text, Type<TAnswer>())!
            : throw new InvalidOperationException($"{method} {path}: {(int)response.StatusCode} {text}");
    }

    private static JsonTypeInfo<T> Type<T>() => (JsonTypeInfo<T>)ProtocolJson.Default.GetTypeInfo(typeof(T))!;
}
