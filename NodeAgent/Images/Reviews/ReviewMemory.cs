using System.Text.Json;
using System.Text.Json.Serialization;
using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Runs.Storage;
using Vantage.Protocol.Images;
using Vantage.Protocol.Reviews;

namespace Vantage.NodeAgent.Images.Reviews;

/// <summary>
/// The newest word of each reviewer about each piece of code that this node has seen: whoever keeps the reviews can hold back
/// a no, but not take back one that was heard here.
/// </summary>
internal sealed class ReviewMemory(NodeHome home)
{
    private readonly Lock gate = new();
    private Dictionary<string, KeptReview>? kept;

    private string Path => System.IO.Path.Combine(home.State, "reviews.json");

    /// <summary>All that was said of the code, as signed: what is new and what was known. The former is kept.</summary>
    /// <param name="digest">Of the code.</param>
    /// <param name="heard">What was heard now and is believed to be its reviewers' own word.</param>
    public IReadOnlyList<string> Remember(string digest, IEnumerable<(Review Review, string Jws)> heard)
    {
        lock (gate)
        {
            var all = kept ??= Read();
            var changed = false;
            foreach (var (review, jws) in heard)
            {
                var key = $"{digest} {review.Organization} {review.Reviewer}";
                if (all.GetValueOrDefault(key) is not { } before || before.Serial < review.Statement.Serial)
                {
                    all[key] = new KeptReview(review.Statement.Serial, jws);
                    changed = true;
                }
            }

            if (changed)
                Write(all);
            return [.. all.Where(word => word.Key.StartsWith(digest + " ", StringComparison.Ordinal)).Select(word => word.Value.Statement)];
        }
    }

    private Dictionary<string, KeptReview> Read()
    {
        try
        {
            return File.Exists(Path) ? JsonSerializer.Deserialize(File.ReadAllBytes(Path), KeptReviewsJson.Default.DictionaryStringKeptReview) ?? [] : [];
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new ImageException(ImageFault.ImageReviewsUnavailable, $"This node's record of reviews ({Path}) can't be read, so it can't"
                + " tell what was taken back. Its admin restores the file, or removes it and then looks at every review anew.", e);
        }
    }

    private void Write(Dictionary<string, KeptReview> all)
    {
        Directory.CreateDirectory(home.State);
        // On the disk before it counts: a no that a power cut takes back could be held back afterwards.
        Durable.Replace(Path, JsonSerializer.SerializeToUtf8Bytes(all, KeptReviewsJson.Default.DictionaryStringKeptReview));
    }
}

internal sealed record KeptReview(long Serial, string Statement);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Dictionary<string, KeptReview>))]
internal sealed partial class KeptReviewsJson : JsonSerializerContext;
