using System.Text.Json;
using System.Text.Json.Serialization;
using Vantage.NodeAgent.Hosting;
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
    private readonly SeenFile<KeptReview> kept = new(PathIn(home), KeptReviewsJson.Default.DictionaryStringKeptReview,
        e => new ImageException(ImageFault.ImageReviewsUnavailable, $"This node's record of reviews ({PathIn(home)}) can't be read, so it can't"
            + " tell what was taken back. Its admin restores the file, or removes it and then looks at every review anew.", e));

    /// <summary>All that was said of the code, as signed: what is new and what was known. The former is kept.</summary>
    /// <param name="digest">Of the code.</param>
    /// <param name="heard">What was heard now and is believed to be its reviewers' own word.</param>
    public IReadOnlyList<string> Remember(string digest, IEnumerable<(Review Review, string Jws)> heard)
    {
        lock (gate)
        {
            var news = new Dictionary<string, KeptReview>();
            foreach (var (review, jws) in heard)
            {
                var key = $"{digest} {review.Organization} {review.Reviewer}";
                var before = news.GetValueOrDefault(key) ?? kept.All.GetValueOrDefault(key);
                if (before is null || before.Serial < review.Statement.Serial)
                    news[key] = new KeptReview(review.Statement.Serial, jws);
            }

            if (news.Count > 0)
                kept.Set(news);
            return [.. kept.All.Where(word => word.Key.StartsWith(digest + " ", StringComparison.Ordinal)).Select(word => word.Value.Statement)];
        }
    }

    private static string PathIn(NodeHome home) => Path.Combine(home.State, "reviews.json");
}

internal sealed record KeptReview(long Serial, string Statement);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Dictionary<string, KeptReview>))]
internal sealed partial class KeptReviewsJson : JsonSerializerContext;
