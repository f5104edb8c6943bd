namespace Vantage.Coordinator.Access;

/// <summary>Where the authentication leaves the caller for everything after it.</summary>
internal static class CallerFeature
{
    /// <summary>Throws where a route let somebody in without asking who they are: a bug.</summary>
    public static Caller Caller(this HttpContext context) =>
        context.FindCaller() ?? throw new InvalidOperationException("This route has no caller.");

    public static Caller? FindCaller(this HttpContext context) => context.Features.Get<Caller>();

    /// <summary>What they proved it with; not to be kept beyond the request.</summary>
    public static SecretText? FindSecret(this HttpContext context) => context.Features.Get<SecretText>();

    internal static void Set(HttpContext context, Caller caller, SecretText secret)
    {
        context.Features.Set(caller);
        context.Features.Set(secret);
    }

    /// <summary>For who came with a credential that others answer for.</summary>
    internal static void Set(HttpContext context, Caller caller, ForeignCredential foreign)
    {
        context.Features.Set(caller);
        context.Features.Set(foreign);
    }
}
