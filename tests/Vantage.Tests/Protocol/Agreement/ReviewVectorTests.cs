using System.Text.Json;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Manifests;
using Vantage.Protocol.Reviews;

namespace Vantage.Tests.Protocol.Agreement;

/// <summary>docs/protocol.md §22. The reviews were made by the second implementation.</summary>
public sealed class ReviewVectorTests
{
    private const string File = "reviews.json";
    private static readonly IReadOnlyDictionary<string, JsonElement> Cases = Vectors.Cases(File);

    public static TheoryData<string> Names => Vectors.Names(File);

    [Theory]
    [MemberData(nameof(Names))]
    public void Counts_or_is_refused_for_the_stated_reason(string name)
    {
        var vector = Cases[name];
        if (vector.TryGetProperty("rule", out var rule))
        {
            RequireOutcome(vector, rule);
            return;
        }

        Review? review = null;
        var reason = Vectors.ReasonOf(() => review = Review.Verify(vector.Text("review"), vector.Pinned(), vector.At()));

        Assert.Equal(vector.Reason(), reason);
        if (review is not null)
        {
            var expected = vector.GetProperty("expect");
            Assert.Equal((expected.Text("reviewer"), expected.Text("organization"), expected.Text("digest")),
                (review.Reviewer.ToString(), review.Organization.ToString(), review.OfJws.ToString()));
        }
    }

    private static void RequireOutcome(JsonElement vector, JsonElement rule)
    {
        var words = Texts(vector, "reviews").Select(word => Review.Verify(word, vector.Pinned(), vector.At()));
        var outcome = ReviewTally.Judge(new ReviewRule
        {
            Organizations = Texts(rule, "organizations").Select(Id.Parse<OrganizationId>).ToHashSet(),
            Reviewers = rule.TryGetProperty("reviewers", out _) ? Texts(rule, "reviewers").Select(Id.Parse<UserId>).ToHashSet() : null,
            AtLeast = rule.GetProperty("atLeast").GetInt32(),
            FromOrganizations = rule.GetProperty("fromOrganizations").GetInt32(),
        }, AlgorithmRef.Parse(vector.Text("algorithm")), words, vector.GetProperty("judgedAt").GetDateTimeOffset());

        var (told, by) = outcome switch
        {
            ReviewOutcome.Approved approved => ("approved", approved.By),
            ReviewOutcome.Waiting waiting => ("waiting", waiting.By),
            ReviewOutcome.Rejected rejected => ("rejected", rejected.By),
            _ => throw new InvalidOperationException(outcome.ToString()),
        };
        var expected = vector.GetProperty("expect");
        Assert.Equal(expected.Text("outcome"), told);
        Assert.Equal(Texts(expected, "by"), by.Select(word => word.OfJws.ToString()).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Texts(JsonElement element, string member) =>
        element.GetProperty(member).EnumerateArray().Select(text => text.GetString()!);
}
