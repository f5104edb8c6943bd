using System.Net.Http.Headers;
using System.Text;

namespace Vantage.Coordinator.Accounts.SingleSignOn.Providers;

/// <summary>How the Coordinator shows a provider that it is the client it was registered as (RFC 6749, 2.3.1).</summary>
internal static class ClientAuthentication
{
    public static HttpRequestMessage Form(Uri address, ProviderDocument document, string clientId, string? secretFile,
        IEnumerable<KeyValuePair<string, string>> values)
    {
        var form = values.ToList();
        var secret = secretFile is null ? null : Secret(secretFile);
        if (secret is null || document.SecretInBody)
            form.Add(new("client_id", clientId));
        if (secret is not null && document.SecretInBody)
            form.Add(new("client_secret", secret));
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(form) };
        if (secret is not null && !document.SecretInBody)
        {
            var pair = $"{Uri.EscapeDataString(clientId)}:{Uri.EscapeDataString(secret)}";
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes(pair)));
        }

        return request;
    }

    private static string Secret(string file)
    {
        try
        {
            return SecretFile.Read(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ProviderException($"the client's secret: {e.Message}", e);
        }
    }
}
