namespace Vantage.Protocol.Api;

/// <summary>The identity providers by which one can sign in.</summary>
public sealed record SignOnProviders(IReadOnlyList<SignOnProvider> Providers);

/// <param name="Name">Stands in the addresses.</param>
/// <param name="Title">For people.</param>
public sealed record SignOnProvider(string Name, string Title);

/// <summary>What a program exchanges for a session after a sign-on.</summary>
/// <param name="Code">Came to the program's own address.</param>
/// <param name="CodeVerifier">Of the challenge that it began with (RFC 7636).</param>
/// <param name="RedirectUri">The program's own address, again.</param>
public sealed record OpenSignOn(string Code, string CodeVerifier, string RedirectUri);

/// <param name="Secret">The session's secret, shown this once.</param>
public sealed record SignedOn(UserSession Session, string Secret);

/// <summary>Somebody at an identity provider, who signs in to an account here.</summary>
/// <param name="Subject">As the provider calls them for ever: the <c>sub</c> of its UserInfo.</param>
public sealed record LinkedIdentity(string Provider, string Issuer, string Subject, DateTimeOffset CreatedAt);

/// <summary>An account's identities.</summary>
public sealed record LinkedIdentities(IReadOnlyList<LinkedIdentity> Items);

/// <summary>Lets somebody at a provider sign in to an account.</summary>
public sealed record LinkIdentity(string Provider, string Subject);
