using System.Security.Cryptography;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Dictionaries;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Signatures;

namespace Vantage.Protocol.Receipts;

/// <summary>What only the recipients learn of how a result came about. Travels in front of the plaintext it speaks of.</summary>
public sealed record InnerReceipt
{
    private const int SaltSize = 16;

    /// <summary>The version of this record: 1.</summary>
    public required int V { get; init; }

    /// <summary>16 random bytes, base64url: without it the hash in the outer receipt could be guessed at.</summary>
    public required string Salt { get; init; }

    /// <summary>The data as it was used.</summary>
    public required IReadOnlyList<ReceiptDataset> Datasets { get; init; }

    /// <summary>Which policy decided, and by which rule.</summary>
    public required ReceiptPolicy Policy { get; init; }

    /// <summary>How many values disclosure control held back.</summary>
    public required int Suppressions { get; init; }

    /// <summary>The digest of the body that follows the inner receipt.</summary>
    public required Digest Plaintext { get; init; }

    /// <summary>What people of the site answered, where its policy asks for their word. Absent if nobody was asked.</summary>
    public IReadOnlyList<ReceiptApproval>? Approvals { get; init; }

    /// <summary>Which signature the image had that was to run. Absent if the code is no image.</summary>
    public ReceiptImage? Image { get; init; }

    /// <summary>Absent if the algorithm was not started.</summary>
    public ReceiptSandbox? Sandbox { get; init; }

    /// <summary>The agent's name and version.</summary>
    public required string Agent { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset FinishedAt { get; init; }

    internal bool HasSalt => ExactBase64Url.TryDecode(Salt, out var salt) && salt.Length == SaltSize;

    public static string NewSalt() => ExactBase64Url.Encode(RandomNumberGenerator.GetBytes(SaltSize));
}

/// <param name="Label">As in the manifest.</param>
/// <param name="Id">As in the manifest.</param>
/// <param name="Version">The content's version, as the node counts it.</param>
/// <param name="Rows">How many rows were used, if the node's policy lets it say so.</param>
/// <param name="Mapping">How the data were made to speak a dictionary; absent where they are taken as they are.</param>
public sealed record ReceiptDataset(string Label, string Id, string Version, long? Rows = null, ReceiptMapping? Mapping = null);

/// <param name="Dictionary">Whose variables the run saw.</param>
/// <param name="Steps">The digest of what the site does to its columns.</param>
/// <param name="Content">The digest of the data as they were before.</param>
public sealed record ReceiptMapping(DictionaryRef Dictionary, Digest Steps, Digest Content);

/// <param name="Version">The digest or number of the policy in force.</param>
/// <param name="Rule">The name of the rule that allowed or refused.</param>
public sealed record ReceiptPolicy(string Version, string Rule);

/// <param name="Gate"><c>before-run</c> or <c>before-release</c>.</param>
/// <param name="Word"><c>approved</c>, <c>denied</c> or <c>expired</c>.</param>
/// <param name="Subject">The digest of what was agreed to, as the site showed it to the person.</param>
/// <param name="At">When.</param>
/// <param name="By">The account of the site's machine that answered; absent if nobody did.</param>
public sealed record ReceiptApproval(string Gate, string Word, Digest Subject, DateTimeOffset At, string? By = null);

/// <param name="Publisher">Who signed it, or reviewed it, by the name that the node's policy has for them.</param>
/// <param name="How">
/// How the signature was found: <c>bundle</c>, <c>sig-tag</c>, <c>imported</c> or <c>sidecar</c>. <c>reviewed</c> where there need not be
/// one, since reviewers alone answer for it.
/// </param>
/// <param name="Config">The digest of the config of the image for this node's platform: exactly this was to be started.</param>
/// <param name="Key">The key that the signature fits; absent where there need not be one.</param>
/// <param name="Reviews">The approvals that let it run; absent where the policy asks for none.</param>
public sealed record ReceiptImage(string Publisher, string How, Digest Config, KeyId? Key = null, IReadOnlyList<ReceiptReview>? Reviews = null);

/// <param name="Organization">The reviewer's.</param>
/// <param name="Reviewer">Who.</param>
/// <param name="Statement">Of what they signed.</param>
public sealed record ReceiptReview(OrganizationId Organization, UserId Reviewer, Digest Statement);

/// <param name="Runtime">Such as <c>process</c> or <c>docker</c>.</param>
/// <param name="Enforced">Each limit that was really in force, and its value.</param>
public sealed record ReceiptSandbox(string Runtime, IReadOnlyDictionary<string, string> Enforced);
