using Vantage.Protocol.Api;
using Vantage.Protocol.Hub;

namespace Vantage.Cli.Nodes;

/// <summary>A node's standing in words, and what brings it further.</summary>
internal static class NodeWords
{
    public static string Standing(NodeStanding standing) => standing switch
    {
        NodeStanding.Invited => "invited",
        NodeStanding.AwaitingCertification => "awaiting certification",
        NodeStanding.Certified => "certified",
        NodeStanding.Revoked => "revoked",
        _ => "unknown",
    };

    public static string Mode(NodeMode mode) => mode switch
    {
        NodeMode.Active => "active",
        NodeMode.Paused => "paused",
        NodeMode.Draining => "draining",
        _ => "unknown",
    };

    public static string? Next(Node node) => node.Standing switch
    {
        NodeStanding.Invited => "on the node's machine: vantage node setup, with the code",
        NodeStanding.AwaitingCertification => $"compare fingerprints, then: vantage keys certify --node {node.Id}",
        NodeStanding.Certified when !node.Online => "on the node's machine: vantage node run",
        _ => null,
    };
}
