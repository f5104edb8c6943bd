using Vantage.NodeAgent.Approvals;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Disclosure.Tables;

namespace Vantage.NodeAgent.Runs;

/// <summary>How an executor's work on a run ended.</summary>
internal abstract record RunEnd
{
    private RunEnd(ExecutionFacts facts, string? logPath) => (Facts, LogPath) = (facts, logPath);

    /// <summary>For the inner receipt.</summary>
    public ExecutionFacts Facts { get; init; }

    /// <summary>What the algorithm logged, if anything: a file in the working directory, sealed as a payload.</summary>
    public string? LogPath { get; init; }

    /// <summary>A person has to agree before any of it leaves, or before the work begins.</summary>
    public ApprovalQuestion? Asks { get; init; }

    /// <param name="OutputPath">A file in the working directory that passed disclosure control.</param>
    /// <param name="Digest">Of its bytes.</param>
    public sealed record Succeeded(string OutputPath, long Size, Digest Digest, ExecutionFacts Facts, string? LogPath = null)
        : RunEnd(Facts, LogPath)
    {
        /// <summary>The tables of counts that can be read off it, as far as the function says.</summary>
        public IReadOnlyList<ToldTable> Told { get; init; } = [];
    }

    /// <param name="Code">One of <see cref="Protocol.Errors.RunCodes"/>; leaves in the clear.</param>
    /// <param name="Message">What went wrong, where, and what to do next; sealed for the recipients.</param>
    /// <param name="Detail">Stack trace or the like; sealed.</param>
    public sealed record Failed(string Code, string Message, string? Detail, ExecutionFacts Facts, string? LogPath = null)
        : RunEnd(Facts, LogPath);

    /// <summary>The node's own rules said no, though the policy gate let it in: found out only with the data at hand.</summary>
    /// <param name="Rule">The rule's name; sealed.</param>
    public sealed record Refused(string Code, string Rule, string Message, ExecutionFacts Facts, string? LogPath = null)
        : RunEnd(Facts, LogPath);

    /// <summary>The end of this work, not of the run: it goes on from the start once somebody agreed to what it asks.</summary>
    public sealed record Waits : RunEnd
    {
        public Waits(ApprovalQuestion question, ExecutionFacts facts)
            : base(facts, null) => Asks = question;
    }

    /// <summary>It was asked to stop, and nothing of it runs any more.</summary>
    public sealed record Cancelled(ExecutionFacts Facts, string? LogPath = null) : RunEnd(Facts, LogPath);
}
