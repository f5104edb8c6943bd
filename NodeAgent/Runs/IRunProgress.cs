using Vantage.Protocol.Hub;
using Vantage.Protocol.Lifecycles;

namespace Vantage.NodeAgent.Runs;

/// <summary>What an executor may say while it works. All of it leaves in the clear: nothing about data belongs here.</summary>
internal interface IRunProgress
{
    /// <summary><see cref="RunPhase.Preparing"/>, then <see cref="RunPhase.Running"/>; going back is ignored.</summary>
    void Phase(RunPhase phase);

    /// <summary>0 to 100.</summary>
    void Percent(int percent);

    /// <summary>Why it isn't moving; <see cref="WaitingReason.None"/> when it moves again.</summary>
    void Waiting(WaitingReason reason);
}
