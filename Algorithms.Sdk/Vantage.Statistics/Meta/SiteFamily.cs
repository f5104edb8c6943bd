using Vantage.Algorithms.Functions;
using Vantage.Statistics.Glm.Families;

namespace Vantage.Statistics.Meta;

/// <summary>The families by the names of their analyses.</summary>
internal static class SiteFamily
{
    public static void Check(string family, string link)
    {
        if (family is not ("gaussian" or "binomial" or "poisson" or "negbin" or "gamma"))
            throw new ArgumentsInvalidException("family", MetaArguments.FamilyText);
        if (GammaFamily.Of(link) is null)
            throw new ArgumentsInvalidException("link", "'inverse' or 'log'.");
    }

    /// <summary>Where the search of a site begins.</summary>
    public static Family Of(string family, string link) => family switch
    {
        "binomial" => BinomialLogit.Instance,
        "gamma" => GammaFamily.Of(link)!,
        _ => PoissonLog.Instance,
    };
}
