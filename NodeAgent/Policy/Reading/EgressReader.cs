using Vantage.NodeAgent.Hosting.Yaml;

namespace Vantage.NodeAgent.Policy.Reading;

/// <summary>The <c>egress:</c> of a rule: one item a place outside, which algorithms ask for by its name.</summary>
internal static class EgressReader
{
    public static IReadOnlyList<EgressGrant> Read(YamlSection rule)
    {
        var grants = new List<EgressGrant>();
        foreach (var item in rule.Sections("egress"))
        {
            var name = item.RequiredText("name", "by which algorithms ask for it");
            if (name.Length > 0 && grants.Any(grant => grant.Name == name))
            {
                item.Problem("name", $"Egress '{name}' is listed twice in this rule.");
            }

            var host = item.RequiredText("host", "the one machine that may be reached").ToLowerInvariant();
            if (host.Length > 0 && !EgressGrant.IsHost(host))
            {
                item.Problem("host", "'host' is one name such as terms.example.org (an international one in its 'xn--' form), or one address"
                    + " such as 192.0.2.7 or 2001:db8::7: no pattern, port, user or path.");
            }

            if (!item.Has("port"))
            {
                item.Problem("'port' is missing: the one port that may be reached there, such as 443.");
            }

            var port = item.Number("port", 443, 1, 65535);
            grants.Add(new(name, host, port, item.Flag("private", false)));
            item.Done();
        }

        return grants;
    }
}
