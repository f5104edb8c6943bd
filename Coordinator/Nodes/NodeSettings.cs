namespace Vantage.Coordinator.Nodes;

/// <summary>How nodes come in.</summary>
internal sealed record NodeSettings
{
    /// <summary>How long an enrolment code can be used.</summary>
    public TimeSpan CodeLife { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long a node has for its answer to a challenge.</summary>
    public TimeSpan ChallengeLife { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a session is good for; nodes renew it before it ends.</summary>
    public TimeSpan SessionLife { get; init; } = TimeSpan.FromHours(1);
}
