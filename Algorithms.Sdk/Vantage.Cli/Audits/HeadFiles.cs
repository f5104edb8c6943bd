using System.CommandLine;
using System.Text;
using System.Text.Json;
using Vantage.Cli.CommandLine;
using Vantage.Protocol.Audits.Heads;
using Vantage.Protocol.Audits.Trails;

namespace Vantage.Cli.Audits;

/// <summary>Heads that others keep: nodes, an auditor, an earlier export. What a trail is held against.</summary>
internal static class HeadFiles
{
    public static readonly Option<string[]> Option = new("--heads")
    {
        Description = "File with signed heads kept elsewhere, one line of JSON each: 'vantage node audit heads' prints a node's. May be given more than once.",
        HelpName = "FILE",
        AllowMultipleArgumentsPerToken = true,
    };

    public static List<AuditHead> Read(Invocation call) => [.. (call.Value(Option) ?? []).SelectMany(Read)];

    private static IEnumerable<AuditHead> Read(string path)
    {
        try
        {
            return [.. File.ReadLines(path).Where(line => line.Length > 0).Select(line => TrailJson.ReadHead(Encoding.UTF8.GetBytes(line)))];
        }
        catch (JsonException e)
        {
            throw UsageException.Because($"{path} holds something that is no signed head: {e.Message}",
                "A node's heads: vantage node audit heads --dir DIR --json");
        }
    }
}
