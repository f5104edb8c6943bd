using FsCheck;
using FsCheck.Fluent;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Manifests;
using Vantage.Protocol.Reviews;

namespace Vantage.Tests.Protocol.Reviews;

/// <summary>How reviews are counted, whatever was said by whom in whatever order.</summary>
public sealed class ReviewTallyTests
{
    private static readonly AlgorithmRef Code = AlgorithmRef.Parse($"oci:registry.example.org/a@{Digest.Of("a"u8)}");
    private static readonly AlgorithmRef OtherCode = AlgorithmRef.Parse($"oci:registry.example.org/a@{Digest.Of("b"u8)}");
    private static readonly OrganizationId[] Organizations = [.. Enumerable.Range(1, 4).Select(n => new OrganizationId(new Guid(n, 0, 0, new byte[8])))];
    private static readonly UserId[] People = [.. Enumerable.Range(1, 5).Select(n => new UserId(new Guid(n, 1, 0, new byte[8])))];

    private static readonly Gen<Review> SomeReview =
        from organization in Gen.Elements(Organizations)
        from person in Gen.Elements(People)
        from verdict in Gen.Frequency((6, Gen.Constant(ReviewVerdict.Approved)), (1, Gen.Constant(ReviewVerdict.Rejected)), (1, Gen.Constant(ReviewVerdict.Revoked)))
        from serial in Gen.Choose(1, 4)
        from lasts in Gen.Choose(1, 4)
        from code in Gen.Frequency((5, Gen.Constant(Code)), (1, Gen.Constant(OtherCode)))
        select Say(organization, person, verdict, serial, lasts, code);

    private static readonly Gen<(ReviewRule Rule, Review[] Said, int Day)> Cases =
        from count in Gen.Choose(1, 4)
        from organizations in Gen.Choose(1, 3)
        from atLeast in Gen.Choose(1, 4)
        from said in SomeReview.ArrayOf()
        from day in Gen.Choose(0, 4)
        select (new ReviewRule { Organizations = Organizations.Take(count).ToHashSet(), AtLeast = atLeast, FromOrganizations = organizations }, said, day);

    [Fact]
    public void TheOrder_DoesNotMatter() => Check((rule, said, at) =>
        Words(ReviewTally.Judge(rule, Code, said, at)) == Words(ReviewTally.Judge(rule, Code, said.Reverse(), at)));

    [Fact]
    public void WhatWasSaidTwice_CountsOnce() => Check((rule, said, at) =>
        Words(ReviewTally.Judge(rule, Code, said, at)) == Words(ReviewTally.Judge(rule, Code, [.. said, .. said], at)));

    /// <summary>Counted anew here, in the plainest way.</summary>
    [Fact]
    public void ItIsApproved_ExactlyIfEnoughPeopleOfEnoughOrganizationsSaidSoLast_AndNobodySaidNo() => Check((rule, said, at) =>
    {
        var last = new Dictionary<(OrganizationId, UserId), Review>();
        foreach (var word in said.Where(w => rule.Organizations.Contains(w.Organization) && w.Statement.Algorithm == Code))
        {
            var key = (word.Organization, word.Reviewer);
            if (!last.TryGetValue(key, out var before) || before.Statement.Serial < word.Statement.Serial
                || (before.Statement.Serial == word.Statement.Serial && Strictness(word) > Strictness(before)))
            {
                last[key] = word;
            }
        }

        var no = last.Values.Any(w => w.Statement.Verdict != ReviewVerdict.Approved);
        var yes = last.Values.Where(w => w.Statement.NotAfter > at).ToList();
        var enough = yes.Count >= rule.AtLeast && yes.Select(w => w.Organization).Distinct().Count() >= rule.FromOrganizations;
        return ReviewTally.Judge(rule, Code, said, at) switch
        {
            ReviewOutcome.Rejected => no,
            ReviewOutcome.Approved => !no && enough,
            _ => !no && !enough,
        };
    });

    [Fact]
    public void ANewNo_OfSomebodyWhoCounts_EndsIt() => Check((rule, said, at) =>
        ReviewTally.Judge(rule, Code, [.. said, Say(Organizations[0], People[0], ReviewVerdict.Revoked, 5, 1, Code)], at) is ReviewOutcome.Rejected);

    [Fact]
    public void WhatOthersSay_ChangesNothing() => Check((rule, said, at) =>
        Words(ReviewTally.Judge(rule, Code, said, at))
        == Words(ReviewTally.Judge(rule, Code, said.Where(w => rule.Organizations.Contains(w.Organization)), at)));

    [Fact]
    public void MoreTime_NeverApproves() => Check((rule, said, at) =>
        ReviewTally.Judge(rule, Code, said, at) is ReviewOutcome.Approved || ReviewTally.Judge(rule, Code, said, at.AddDays(1)) is not ReviewOutcome.Approved);

    private static double Strictness(Review word) =>
        ((int)word.Statement.Verdict * 1000) - (word.Statement.NotAfter - Partner.Now).TotalDays;

    private static void Check(Func<ReviewRule, Review[], DateTimeOffset, bool> law) =>
        Prop.ForAll(Cases.ToArbitrary(), given => law(given.Rule, given.Said, Partner.Now.AddDays(given.Day))).QuickCheckThrowOnFailure();

    private static string Words(ReviewOutcome outcome) => outcome switch
    {
        ReviewOutcome.Approved approved => $"approved {Names(approved.By)}",
        ReviewOutcome.Rejected rejected => $"rejected {Names(rejected.By)}",
        ReviewOutcome.Waiting waiting => $"waiting {waiting.Reviewers} {waiting.Organizations} {Names(waiting.By)}",
        _ => "?",
    };

    private static string Names(IEnumerable<Review> by) => string.Join(' ', by.Select(w => $"{w.Organization}/{w.Reviewer}/{w.Statement.Serial}"));

    private static Review Say(OrganizationId organization, UserId person, ReviewVerdict verdict, long serial, int days, AlgorithmRef code) => new(
        new ReviewStatement
        {
            V = 1,
            Algorithm = code,
            Verdict = verdict,
            Serial = serial,
            Comment = "",
            IssuedAt = Partner.Now,
            NotAfter = Partner.Now.AddDays(days),
        }, person, organization, "", Digest.Of(System.Text.Encoding.UTF8.GetBytes($"{organization}{person}{verdict}{serial}{days}{code}")));
}
