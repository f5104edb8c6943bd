namespace Vantage.Coordinator.Accounts.SingleSignOn.Flow;

/// <summary>303: go there, by GET, whatever the method was.</summary>
internal sealed class SeeOther(string address) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = address;
        return Task.CompletedTask;
    }
}
