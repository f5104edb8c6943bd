using System.Text;
using Vantage.NodeAgent.Hosting.Commands;

namespace Vantage.NodeAgent.Hosting.Setup;

/// <summary>The files that <c>setup</c> writes for a person to edit. A file that is there is never touched.</summary>
internal static class SetupFiles
{
    public static void WriteSettings(NodeHome home, VerbCall call)
    {
        if (File.Exists(home.Settings))
        {
            return;
        }

        var text = new StringBuilder();
        text.Append("# Settings of this node. Unknown keys are errors; 'vantage node check' reads it as the node does.\n\n");
        text.Append($"coordinator: {Quote(call.Required("--url"))}\n\n");
        text.Append("# The way out of the site. Only what stands here counts, no environment variable.\n");
        if (call.Find("--proxy") is { } proxy)
        {
            text.Append($"proxy:\n  url: {Quote(proxy)}\n");
            if (call.Find("--proxy-user") is { } user)
            {
                text.Append($"  user: {Quote(user)}\n");
            }

            if (call.Find("--proxy-password-file") is { } file)
            {
                text.Append($"  passwordFile: {Quote(Path.GetFullPath(file))}\n");
            }
        }
        else
        {
            text.Append("# proxy:\n#   url: http://proxy.example.org:3128\n#   user: vantage\n#   passwordFile: keys/proxy.password   # mode 0600\n");
        }

        text.Append("\n# Further authorities for the Coordinator's TLS certificate, for example of a proxy that inspects TLS (PEM).\n");
        text.Append(call.Find("--extra-ca") is { } ca ? $"extraCa: {Quote(Path.GetFullPath(ca))}\n" : "# extraCa: ca.pem\n");
        text.Append(Rest);
        Whole.Write(home.Settings, text.ToString());
    }

    public static void WritePolicy(NodeHome home)
    {
        if (!File.Exists(home.Policy))
        {
            Whole.Write(home.Policy, Policy);
        }
    }

    /// <summary>Nobody has written in it since.</summary>
    public static bool IsUntouchedPolicy(NodeHome home) => File.ReadAllText(home.Policy) == Policy;

    private static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private const string Rest = """

        # How many runs are worked on at a time.
        # parallelRuns: 2

        # With less free disk than this the node takes on nothing new.
        # minimumFreeMiB: 256

        # How far this machine's clock may be off before a task's times are held against it.
        # clockSkewSeconds: 120

        # How long beyond a task's end, by this machine's clock, what was finished is kept: a wrong clock is put right by then.
        # keepPastEndSeconds: 3600

        # auto: WebSocket, and polling where WebSockets do not get through.
        # transport: auto

        # The data this node knows by name. What may be done with it is said in policy.yaml.
        # sources:
        #   - id: patients
        #     path: data/patients.csv

        """;

    private const string Policy = """
        # What may run at this node. Nothing is allowed unless a rule here accepts it; a change holds from the next request on.
        # 'vantage node policy explain' says what a request would meet. docs/policy.md explains every key.
        version: 1

        # Algorithms run as ordinary processes, without a sandbox, only if this stands here word for word:
        # runtime:
        #   process: I accept that algorithms run on this machine as ordinary processes without a sandbox.

        accept: []
        # accept:
        #   - name: summaries for our study
        #     collaborations: [col_...]
        #     requesters:
        #       organizations: [org_...]
        #     algorithms: ["builtin:summary@*"]
        #     functions: [partial]
        #     data:
        #       - source: patients
        #         columns: [age, weight]
        #     recipients:
        #       organizations: [org_...]

        """;
}
