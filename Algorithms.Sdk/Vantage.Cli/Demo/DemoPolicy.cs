namespace Vantage.Cli.Demo;

/// <summary>What a hospital's admin of the demo writes into the node's two files.</summary>
internal static class DemoPolicy
{
    /// <summary>Node policies deny by default: this is the one thing that this hospital lets others do.</summary>
    public static string Policy(string collaboration, string askingOrganization) => $"""
        version: 1

        runtime:
          process: I accept that algorithms run on this machine as ordinary processes without a sandbox.

        accept:
          - name: summaries and regressions for the breast cancer study
            collaborations: [{collaboration}]
            requesters:
              organizations: [{askingOrganization}]
            algorithms: ["builtin:summary@*", "builtin:logistic@*"]
            functions: ["*"]
            data:
              - source: {DemoData.Id}
            recipients:
              organizations: [{askingOrganization}]
            minimumRows: 50

        """;

    public static string Sources(string path) => $"""

        sources:
          - id: {DemoData.Id}
            path: {path}

        """;
}
