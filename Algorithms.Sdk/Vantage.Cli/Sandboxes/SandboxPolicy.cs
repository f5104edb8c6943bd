using Vantage.Cli.Federations;
using Vantage.Cli.Sandboxes.Images;

namespace Vantage.Cli.Sandboxes;

/// <summary>
/// The two files of a sandbox's node. Which disclosure control it has is said here, in the node's own policy, and nowhere else: no
/// request can loosen it, and a node whose Coordinator is on another machine takes no 'off'.
/// </summary>
internal static class SandboxPolicy
{
    public const string DataId = "data";

    /// <param name="federation">Who asks whom.</param>
    /// <param name="disclosure">acro, datashield or off.</param>
    /// <param name="held">The algorithms that the nodes' worker holds.</param>
    public static string Policy(LocalFederation federation, string disclosure, IEnumerable<string> held) => Write(federation, disclosure, """

        runtime:
          process: I accept that algorithms run on this machine as ordinary processes without a sandbox.
          warm: allow
        """, "", held.Select(name => $"builtin:{name}@*"));

    /// <summary>Nothing runs but the sandbox's own images, each in a container.</summary>
    public static string Containers(LocalFederation federation, string disclosure, SandboxArchive images) => Write(federation, disclosure, $"""

        runtime:
          docker: allow
          warm: allow

        publishers:
          - name: sandbox
            key: '{images.PublicKey}'
            repositories: [{string.Join(", ", SandboxArchive.Places.Select(place => $"\"{place}\""))}]
        """, "\n    publishers: [sandbox]", images.Names);

    private static string Write(LocalFederation federation, string disclosure, string runtime, string publishers, IEnumerable<string> held)
    {
        var isOff = disclosure == SandboxCommands.Off;
        var everyone = string.Join(", ", federation.Partners.Select(partner => partner.Organization));
        var algorithms = string.Join(", ", held.Select(name => $"\"{name}\""));
        return $"""
            # Made by 'vantage sandbox up --disclosure {disclosure}' for one person's own files on one machine.{(isOff ? """
             Never use it where
            # others' data are: it shows results over any number of rows, a single one too, with logs and error texts.
            """ : "")}
            version: 1
            {runtime}

            accept:
              - name: sandbox, disclosure control {disclosure}
                collaborations: [{federation.Collaboration}]
                requesters:
                  organizations: [{federation.Home.Organization}]
                algorithms: [{algorithms}]{publishers}
                functions: ["*"]
                data:
                  - source: {DataId}
                recipients:
                  organizations: [{everyone}]
                delegates:
                  organizations: [{everyone}]
                subtasks: allow
                sessions: allow
                preview: allow
                limits:
                  cpu: {Environment.ProcessorCount}
                  memoryMiB: 65536
                  diskMiB: 65536
                  timeSeconds: 86400
                  outputMiB: 1024
                disclosure: {disclosure}
                {(isOff ? "minimumRows: 1\n    logs: release\n    errors: release" : "logs: withhold\n    errors: code-only")}

            """;
    }
}
