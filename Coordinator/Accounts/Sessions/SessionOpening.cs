using System.Globalization;
using System.Security.Cryptography;
using Vantage.Coordinator.Access;
using Vantage.Coordinator.Audit;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Accounts.Sessions;

/// <summary>
/// Where every way to sign in ends: with a password, a passkey or an identity provider. It believes its caller that the
/// person is who they say; that the account is not disabled is asked again with each use.
/// </summary>
internal sealed class SessionOpening(Database database, AccountSettings settings, TimeProvider time, RandomNumberGenerator random)
{
    private const int LongestAgent = 200;

    /// <param name="user">Who has just proved to be this.</param>
    /// <param name="organization">The account's; null for the Coordinator's admins.</param>
    /// <param name="method">How they did.</param>
    /// <param name="form">A cookie is set on the response; a bearer's secret is for the answer, this once.</param>
    /// <param name="context">The request that signed them in.</param>
    /// <param name="cancellationToken">Gives up before anything is stored.</param>
    public async Task<OpenedSession> OpenAsync(UserId user, OrganizationId? organization, SignInMethod method, SessionForm form,
        HttpContext context, CancellationToken cancellationToken)
    {
        var id = UserSessionId.New(time);
        var secret = SecretText.Create(SecretText.UserSession, id.Value, random);
        var now = time.GetUtcNow();
        var (idle, life) = form == SessionForm.Cookie
            ? (settings.BrowserIdle, settings.BrowserLife)
            : (settings.CommandLineIdle, settings.CommandLineLife);
        var row = new SessionRow
        {
            Id = id.Value,
            AccountId = user.Value,
            OrganizationId = organization?.Value,
            Hash = secret.Hash,
            Method = SessionWords.Of(method),
            Form = SessionWords.Of(form),
            Agent = Agent(context),
            CreatedAt = now,
            AuthenticatedAt = now,
            LastUsedAt = now,
            Idle = idle,
            ExpiresAt = now + life,
        };
        await using var unit = await database.BeginAsync(TenantScope.Of(organization ?? TenantScope.CoordinatorItself), cancellationToken);
        unit.Context.Add(row);
        await unit.RecordAsync(user.ToString(), "session.open", id, cancellationToken, organization: organization);
        await unit.CommitAsync(cancellationToken);
        if (form == SessionForm.Cookie)
            SessionCookie.Set(context, secret.Text, row.ExpiresAt);
        return new OpenedSession(SessionReading.Show(row, id), secret.Text);
    }

    /// <summary>Only to be shown to its owner, who sees in it which of their sessions this is.</summary>
    private static string? Agent(HttpContext context)
    {
        var said = new string([.. context.Request.Headers.UserAgent.ToString()
            .Where(c => !char.IsControl(c) && char.GetUnicodeCategory(c) != UnicodeCategory.Format && !char.IsSurrogate(c)).Take(LongestAgent)]);
        return said.Length == 0 ? null : said;
    }
}
