using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Vantage.NodeAgent.Vantage6.Proxy;

/// <summary>
/// The calls that vantage6's tools make, and nothing else. Every one needs this run's token, though the socket is the
/// run's alone: that is what the tools are used to, and a second lock costs nothing.
/// </summary>
internal static class V4Routes
{
    /// <summary>Inputs are parameters, not data; base64 and one copy for each site come on top.</summary>
    public const int MaxBody = 64 * 1024 * 1024;

    private const string Bearer = "Bearer ";

    public static void MapV4Routes(this WebApplication app, V4Token token, V4Desk desk)
    {
        // No regular-expression or parameter constraints: routes of an empty builder have none, and numbers are read by hand.
        Map("POST", "/task", desk.AskAsync);
        Map("GET", "/task/{id}", http => desk.TaskAsync(Number(http), http.RequestAborted));
        Map("GET", "/task/{id}/status", http => desk.StatusAsync(Number(http), http.RequestAborted));
        Map("GET", "/result", http => desk.ResultsAsync(Query(http, "task_id"), Query(http, "page"), http.RequestAborted));
        Map("GET", "/result/{id}", http => desk.ResultAsync(Number(http), http.RequestAborted));
        Map("GET", "/run", http => desk.RunsAsync(Query(http, "task_id"), Query(http, "page"), http.RequestAborted));
        Map("GET", "/run/{id}", http => desk.RunAsync(Number(http), http.RequestAborted));
        Map("GET", "/organization", http => At(desk.Directory.Organizations(Query(http, "collaboration_id"), Query(http, "study_id"), Query(http, "page"))));
        Map("GET", "/organization/{id}", http => At(desk.Directory.Organization(Number(http))));
        Map("GET", "/collaboration/{id}", http => At(desk.Directory.Collaboration(Number(http))));
        Map("GET", "/study", http => At(desk.Directory.Studies(Query(http, "page"))));
        Map("GET", "/study/{id}", http => At(desk.Directory.Study(Number(http))));
        Map("GET", "/blobstream/status", _ => At(new JsonObject { ["blob_store_enabled"] = false }));
        Map("GET", "/vpn/algorithm/addresses", _ => At(new JsonObject { ["addresses"] = new JsonArray() }));
        app.MapFallback(Guarded(token, http => throw new V4Refusal(StatusCodes.Status404NotFound,
            $"{http.Request.Method} {http.Request.Path} is not offered here: a run may ask for tasks, results, runs, organizations and its"
            + " collaboration or study, and nothing else.")));

        void Map(string method, string pattern, Func<HttpContext, Task<JsonNode>> answer) =>
            app.MapMethods(pattern, [method], Guarded(token, answer));
    }

    private static Task<JsonNode> At(JsonNode answer) => Task.FromResult(answer);

    private static RequestDelegate Guarded(V4Token token, Func<HttpContext, Task<JsonNode>> answer) => async http =>
    {
        try
        {
            RequireToken(http, token);
            await WriteAsync(http, http.Request.Method == "POST" ? StatusCodes.Status201Created : StatusCodes.Status200OK, await answer(http));
        }
        catch (V4Refusal e)
        {
            await WriteAsync(http, e.Status, new JsonObject { ["msg"] = e.Message });
        }
        catch (BadHttpRequestException e)
        {
            await WriteAsync(http, e.StatusCode, new JsonObject { ["msg"] = "The request can't be read, or is too large." });
        }
        catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
        {
            await WriteAsync(http, StatusCodes.Status503ServiceUnavailable, new JsonObject { ["msg"] = "This run is ending." });
        }
    };

    private static void RequireToken(HttpContext http, V4Token token)
    {
        var header = http.Request.Headers.Authorization;
        if (header.Count != 1 || header[0] is not { } text || !text.StartsWith(Bearer, StringComparison.Ordinal) || !token.Holds(text[Bearer.Length..]))
        {
            throw new V4Refusal(StatusCodes.Status401Unauthorized,
                "This proxy takes the token of the one run that it belongs to (TOKEN_FILE), as 'Authorization: Bearer', while its time lasts.");
        }
    }

    private static async Task WriteAsync(HttpContext http, int status, JsonNode answer)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter);
        answer.WriteTo(json);
        await json.FlushAsync(http.RequestAborted);
    }

    private static int Number(HttpContext http) => Parse((string?)http.GetRouteValue("id"))
        ?? throw new V4Refusal(StatusCodes.Status404NotFound, "There is nothing by that number.");

    /// <summary>Null if it is not given.</summary>
    private static int? Query(HttpContext http, string name) => http.Request.Query[name] switch
    {
        [] => null,
        [var one] => Parse(one) ?? throw new V4Refusal(StatusCodes.Status400BadRequest, $"'{name}' is a whole number."),
        _ => throw new V4Refusal(StatusCodes.Status400BadRequest, $"'{name}' is given more than once."),
    };

    private static int? Parse(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>What the proxy says instead of doing what it was asked.</summary>
internal sealed class V4Refusal(int status, string message) : Exception(message)
{
    public int Status { get; } = status;
}
