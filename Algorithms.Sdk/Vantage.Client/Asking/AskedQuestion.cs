using System.Text.Json;
using Vantage.Client.Federation;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Manifests;

namespace Vantage.Client.Asking;

/// <summary>
/// What only the asker knows of a question, kept in the home (<c>asked/job_….json</c>, readable by its owner alone):
/// its arguments, which the Coordinator never sees, its rounds so far, and in the end its answer.
/// </summary>
internal sealed record AskedQuestion
{
    public required int V { get; init; }

    public required JobId Job { get; init; }

    /// <summary>As the asker named the algorithm.</summary>
    public required string Name { get; init; }

    public required AlgorithmRef Algorithm { get; init; }

    /// <summary>The one function that was asked for; null for the algorithm's whole program.</summary>
    public string? Function { get; init; }

    public required JsonElement Arguments { get; init; }

    public required CollaborationId Collaboration { get; init; }

    public StudyId? Study { get; init; }

    public required IReadOnlyList<QuestionSite> Sites { get; init; }

    public required IReadOnlyList<UnaskedSite> NotAsked { get; init; }

    public required IReadOnlyList<DataRef> Data { get; init; }

    public string? Session { get; init; }

    public required ResourceRequest Resources { get; init; }

    public required LostNodePolicy LostNode { get; init; }

    public string? Purpose { get; init; }

    public string? ProjectCode { get; init; }

    public required TimeSpan Lifetime { get; init; }

    /// <summary>Said before anybody was asked.</summary>
    public required bool AcceptMissing { get; init; }

    public string? Disclosure { get; init; }

    public IReadOnlyList<AskedRound> Rounds { get; init; } = [];

    /// <summary>The last answer that was given.</summary>
    public Answer<JsonElement?>? Answer { get; init; }

    public WireFederationOptions Options() => new()
    {
        Collaboration = Collaboration, Study = Study, Organizations = [.. Sites.Select(s => s.Organization)], Data = Data,
        Session = Session, Resources = Resources, LostNode = LostNode, Purpose = Purpose, ProjectCode = ProjectCode, Lifetime = Lifetime,
        AcceptMissing = AcceptMissing, Disclosure = Disclosure, Resolve = _ => Algorithm,
    };
}

internal sealed record QuestionSite(OrganizationId Organization, string Site);

/// <summary>A task of the job.</summary>
/// <param name="Function">What was run.</param>
/// <param name="Arguments">Digest of the arguments that were sealed: the same question is known by it.</param>
/// <param name="Runs">Site → run.</param>
/// <param name="Manifest">Digest of what was signed; null in homes of earlier releases.</param>
internal sealed record AskedRound(TaskId Task, string Function, Digest Arguments,
    IReadOnlyDictionary<string, RunId> Runs, Digest? Manifest = null);
