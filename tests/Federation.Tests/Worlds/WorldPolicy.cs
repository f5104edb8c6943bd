namespace Federation.Tests.Worlds;

/// <summary>A policy with one rule that accepts whatever a test asks of its one source.</summary>
internal static class WorldPolicy
{
    public static string Of(string asker, string collaboration, string? central, string more) => $"""
        version: 1
        runtime:
          process: I accept that algorithms run on this machine as ordinary processes without a sandbox.
        accept:
          - name: tests
            collaborations: [{collaboration}]
            requesters: {"{"} organizations: [{asker}] {"}"}
            algorithms: ["builtin:summary@*", "builtin:logistic@*", "builtin:linear@*", "builtin:sessions@*", "builtin:testing@*"]
            functions: ["*"]
            data: [{"{"} source: patients {"}"}]
            recipients: {"{"} organizations: [{asker}{(central is null ? "" : $", {central}")}] {"}"}
        {(central is null ? "" : $"    subtasks: allow\n    delegates: {{ organizations: [{central}] }}")}
            disclosure: off
        {more}

        """;
}
