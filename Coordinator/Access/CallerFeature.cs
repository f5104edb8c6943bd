namespace Vantage.Coordinator.Access;

/// <summary>Where the authentication leaves the caller for everything after it.</summary>
internal static class CallerFeature
{
    /// <summary>Throws where a route let somebody in without asking who they are: a bug.</summary>
    public static Caller Caller(this HttpContext context) =>
        context.FindCaller() ?? throw new InvalidOperationException("This route has no caller.");

    public static Caller? FindCaller(this HttpContext context) => context.Features.Get<Caller>();

    internal static void Set(HttpContext context, Caller caller) => context.Features.Set(caller);
}
