using System.Text.Json.Serialization;
using Vantage.Protocol.Ids;

namespace Vantage.Protocol.Api;

/// <summary>How somebody proved who they are.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SignInMethod>))]
public enum SignInMethod
{
    /// <summary>A password alone.</summary>
    [JsonStringEnumMemberName("password")]
    Password,

    /// <summary>A password and a code of an authenticator app, or one of the recovery codes.</summary>
    [JsonStringEnumMemberName("password-and-code")]
    PasswordAndCode,

    /// <summary>A passkey that verified its holder.</summary>
    [JsonStringEnumMemberName("passkey")]
    Passkey,

    /// <summary>An identity provider.</summary>
    [JsonStringEnumMemberName("single-sign-on")]
    SingleSignOn,
}

/// <summary>A person's session, without its secret.</summary>
/// <param name="Agent">What the program that signed in called itself; anybody can write anything here.</param>
/// <param name="AuthenticatedAt">When the person last proved who they are.</param>
/// <param name="IdleAt">When it ends unless it is used before.</param>
/// <param name="ExpiresAt">When it ends however much it is used.</param>
/// <param name="Current">It is the one with which this was asked.</param>
public sealed record UserSession(UserSessionId Id, SignInMethod Method, string? Agent, DateTimeOffset CreatedAt,
    DateTimeOffset AuthenticatedAt, DateTimeOffset LastUsedAt, DateTimeOffset IdleAt, DateTimeOffset ExpiresAt, bool Current);
