using System.Diagnostics;
using System.Text.Json;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Json;

namespace Vantage.Coordinator.Hosting;

/// <summary>Writes refusals as problem+json.</summary>
internal static class Problems
{
    public static Problem Of(Refusal refusal, string? traceId)
    {
        var (status, title) = ProblemTable.Rows[refusal.Code];
        return new Problem(Problem.TypeOf(refusal.Code), title, status, refusal.Code, refusal.Detail, refusal.Errors, traceId);
    }

    public static Task WriteAsync(HttpContext context, Refusal refusal)
    {
        var problem = Of(refusal, TraceId(context));
        context.Response.StatusCode = problem.Status;
        context.Response.ContentType = Problem.MediaType;
        if (problem.Status == StatusCodes.Status401Unauthorized)
            context.Response.Headers.WWWAuthenticate = "Bearer";
        return JsonSerializer.SerializeAsync(context.Response.Body, problem, ProtocolJson.Default.Problem, context.RequestAborted);
    }

    /// <summary>The same in the answer and in every line that the request logs.</summary>
    public static string TraceId(HttpContext context) => Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;
}
