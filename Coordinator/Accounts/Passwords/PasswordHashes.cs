using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Vantage.Coordinator.Accounts.SignIn;

namespace Vantage.Coordinator.Accounts.Passwords;

/// <summary>
/// Hashes and checks passwords by ASP.NET Core Identity's hasher (PBKDF2 with HMAC-SHA512). A check always costs one hash:
/// where there is nothing to compare with, one that nobody's password has. As many at once as there are processors.
/// </summary>
internal sealed class PasswordHashes(IPasswordHasher<SignInRow> hasher, RandomNumberGenerator random) : IHostedService, IDisposable
{
    private static readonly SignInRow Anybody = new() { Login = "anybody" };
    private readonly SemaphoreSlim processors = new(Environment.ProcessorCount);
    private readonly Lazy<string> nobodys = new(() =>
    {
        var unknowable = new byte[32];
        random.GetBytes(unknowable);
        return hasher.HashPassword(Anybody, Convert.ToBase64String(unknowable));
    });

    /// <summary>What nobody's password is checked against is made before the first sign-in, so that it is like all others.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => Task.Run(() => _ = nobodys.Value, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<string> HashAsync(string password, CancellationToken cancellationToken)
    {
        await processors.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => hasher.HashPassword(Anybody, password), cancellationToken);
        }
        finally
        {
            processors.Release();
        }
    }

    /// <param name="hash">Null where there is no account, or one without a password: false, after the same work.</param>
    public async Task<bool> CheckAsync(string? hash, string password, CancellationToken cancellationToken)
    {
        var against = hash ?? nobodys.Value;
        await processors.WaitAsync(cancellationToken);
        try
        {
            var result = await Task.Run(() => hasher.VerifyHashedPassword(Anybody, against, password), cancellationToken);
            return hash is not null && result != PasswordVerificationResult.Failed;
        }
        finally
        {
            processors.Release();
        }
    }

    public void Dispose() => processors.Dispose();
}
