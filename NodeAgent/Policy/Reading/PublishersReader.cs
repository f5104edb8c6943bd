using System.Security.Cryptography;
using Vantage.NodeAgent.Hosting.Yaml;
using Vantage.NodeAgent.Images;
using Vantage.Protocol.Images.Signing;

namespace Vantage.NodeAgent.Policy.Reading;

/// <summary>The policy's <c>publishers:</c>, whose signatures rules can count on. Their keys are files beside it.</summary>
internal static class PublishersReader
{
    public static IReadOnlyList<Publisher> Read(YamlSection root)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(root.File))!;
        var publishers = new List<Publisher>();
        foreach (var item in root.Sections("publishers"))
        {
            if (ReadOne(item, folder) is { } publisher)
            {
                if (publishers.Exists(p => p.Name == publisher.Name))
                {
                    item.Problem("name", $"A publisher before this one is named '{publisher.Name}' too: rules could not tell them apart.");
                }

                publishers.Add(publisher);
            }
        }

        return publishers;
    }

    /// <summary>What a rule says about images has to fit the publishers that it names.</summary>
    public static void Check(YamlSection section, AcceptRule rule, IReadOnlyList<Publisher> publishers)
    {
        RuleLists.RequireKnown(section, "publishers", rule.Publishers, [.. publishers.Select(p => p.Name)]);
        if (rule.Publishers.Count == 0 && rule.Reviewers.Count > 0)
        {
            return;
        }

        var named = publishers.Where(p => rule.Publishers.Contains(p.Name)).ToList();
        foreach (var pattern in rule.Algorithms.Where(a => a.Repository is not null && !named.Exists(p => p.SignsFor(a.Repository))))
        {
            section.Problem("algorithms", $"{pattern} leaves the digest to whoever signs it, and the rule names no publisher for this repository:"
                + " add 'publishers: [NAME]' or 'reviewers: [NAME]', or list the images by digest.");
        }
    }

    private static Publisher? ReadOne(YamlSection item, string folder)
    {
        var name = item.RequiredText("name", "rules and receipts name the publisher");
        var file = item.RequiredText("key", "a PEM file with the publisher's public key, such as cosign.pub");
        var repositories = RuleLists.Required(item, "repositories", RepositoryPattern.Expected, RepositoryPattern.Parse);
        var minimum = item.Text("minimumVersion");
        var version = minimum is null ? null : AlgorithmVersion.Parse(minimum);
        if (minimum is not null && version is null)
        {
            item.Problem("minimumVersion", $"'{minimum}' is not a version: expected {AlgorithmVersion.Expected}.");
        }

        item.Done();
        if (name.Length == 0 || file.Length == 0)
        {
            return null;
        }

        var path = Path.GetFullPath(file, folder);
        try
        {
            var pem = File.ReadAllText(path);
            return new(PublisherKey.FromPem(name, pem), path, pem, repositories, version);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or FormatException)
        {
            item.Problem("key", $"{path} can't be used: {e.Message}");
            return null;
        }
    }
}
