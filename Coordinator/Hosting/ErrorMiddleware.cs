using System.Text.Json;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Errors;

namespace Vantage.Coordinator.Hosting;

/// <summary>
/// Around everything: whatever was not answered as it should becomes problem+json. A bug is logged with its stack and
/// answered without; its trace id joins the two.
/// </summary>
internal sealed partial class ErrorMiddleware(RequestDelegate next, ILogger<ErrorMiddleware> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (!context.Response.HasStarted && Of(context.Response.StatusCode) is { } refusal)
                await Problems.WriteAsync(context, refusal);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there any more to be told anything.
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            await Problems.WriteAsync(context, Of(e));
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            Failed(log, context.Request.Method, context.Request.Path, Problems.TraceId(context), e);
            await Problems.WriteAsync(context, e.IsOutage()
                ? new Refusal(ErrorCodes.Unavailable, "The Coordinator can't reach its database at the moment. Try again shortly.")
                : new Refusal(ErrorCodes.Internal, "Something broke in the Coordinator. Its log has the details under the trace id."));
        }
    }

    /// <summary>What the framework answers by itself with a bare status.</summary>
    private static Refusal? Of(int status) => status switch
    {
        404 => Refusal.NotFound("such address"),
        405 => new Refusal(ErrorCodes.MethodNotAllowed, "This address does not know that method; see the OpenAPI document."),
        413 => new Refusal(ErrorCodes.TooLarge, "The body is larger than this address accepts."),
        415 => new Refusal(ErrorCodes.UnsupportedMediaType, "Send the body as 'Content-Type: application/json'."),
        _ => null,
    };

    private static Refusal Of(BadHttpRequestException e) => e switch
    {
        { StatusCode: 413 } => new Refusal(ErrorCodes.TooLarge, "The body is larger than this address accepts."),
        { StatusCode: 415 } => new Refusal(ErrorCodes.UnsupportedMediaType, "Send the body as 'Content-Type: application/json'."),
        { InnerException: JsonException json } => Refusal.Invalid((Member(json), "is missing, doubled or not of its kind")),
        { InnerException: FormatException } => Refusal.Invalid(("body", "is not valid JSON")),
        _ => new Refusal(ErrorCodes.InvalidInput,
            "The request can't be read: the body is missing or broken, or something in the address is no valid id, number or text."),
    };

    /// <summary>Where in the body; the reader's own words could quote what was sent.</summary>
    private static string Member(JsonException e) => e.Path is null or "$" or "" ? "body" : e.Path.TrimStart('$', '.');

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed, trace {TraceId}")]
    private static partial void Failed(ILogger log, string method, PathString path, string traceId, Exception e);
}
