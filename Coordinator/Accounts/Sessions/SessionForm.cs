namespace Vantage.Coordinator.Accounts.Sessions;

/// <summary>How a session's secret travels.</summary>
internal enum SessionForm
{
    /// <summary>In the Authorization header: the command line and other programs.</summary>
    Bearer,

    /// <summary>In a cookie that no script can read: browsers.</summary>
    Cookie,
}
