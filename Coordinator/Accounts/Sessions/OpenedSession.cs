using Vantage.Protocol.Api;

namespace Vantage.Coordinator.Accounts.Sessions;

/// <summary>A session at the one moment when its secret exists here.</summary>
internal sealed record OpenedSession(UserSession Session, string Secret);
