using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Json;

namespace Vantage.Coordinator.Hosting;

/// <summary>Turns a handler's answer into HTTP.</summary>
internal static class Replies
{
    /// <summary>For the OpenAPI document: what a route gives when it does not refuse.</summary>
    public static RouteHandlerBuilder Gives<T>(this RouteHandlerBuilder route, int status = StatusCodes.Status200OK) =>
        route.Produces<T>(status).Produces<Problem>(StatusCodes.Status400BadRequest, Problem.MediaType);

    /// <summary>200 with the value as JSON.</summary>
    public static async Task<IResult> Ok<T>(this Task<Answer<T>> answer)
        where T : class => Reply.Of(await answer, StatusCodes.Status200OK);

    /// <summary>201 with the value as JSON, and where it can be read again.</summary>
    public static async Task<IResult> Created<T>(this Task<Answer<T>> answer, Func<T, string> location)
        where T : class
    {
        var given = await answer;
        return Reply.Of(given, StatusCodes.Status201Created, given.Value is { } value ? location(value) : null);
    }

    /// <summary>204.</summary>
    public static async Task<IResult> NoContent(this Task<Answer<Done>> answer) =>
        (await answer).Refusal is { } refusal ? new RefusalResult(refusal) : Results.NoContent();

    private static class Reply
    {
        public static IResult Of<T>(Answer<T> answer, int status, string? location = null)
            where T : class =>
            answer.Refusal is { } refusal ? new RefusalResult(refusal) : new JsonReply<T>(answer.Value!, status, location);
    }
}

internal sealed class RefusalResult(Refusal refusal) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext) => Problems.WriteAsync(httpContext, refusal);
}

/// <summary>JSON by the protocol's source-generated writers and no others.</summary>
internal sealed class JsonReply<T>(T value, int status, string? location) : IResult
{
    private static readonly JsonTypeInfo<T> Type = (JsonTypeInfo<T>)ProtocolJson.Default.GetTypeInfo(typeof(T))!;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = status;
        httpContext.Response.ContentType = "application/json";
        if (location is not null)
            httpContext.Response.Headers.Location = location;
        return JsonSerializer.SerializeAsync(httpContext.Response.Body, value, Type, httpContext.RequestAborted);
    }
}
