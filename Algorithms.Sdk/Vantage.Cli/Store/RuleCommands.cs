using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Printing;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;

namespace Vantage.Cli.Store;

/// <summary><c>vantage store rules|set-rule</c>: what each member asks of code before it takes it for reviewed.</summary>
internal static class RuleCommands
{
    private static readonly Option<string> Collaboration = new("--collaboration") { Description = "Id or name.", Required = true };

    public static Command Rules(CliConsole console) =>
        new Command("rules", "What each member asks before it takes code for reviewed.").With(Collaboration).Does(console, async (call, cancellationToken) =>
        {
            var rules = await call.Client.Store.RulesAsync(await CircleAsync(call, cancellationToken), cancellationToken);
            await call.Output.ListAsync(rules.ToAsyncEnumerable(), CliJson.Default.ItemListStoreRule, rule => rule.Organization.ToString(),
                ("organization", rule => rule.Organization.ToString()), ("reviewers", rule => $"{rule.AtLeast}"),
                ("from organizations", rule => $"{rule.FromOrganizations}"), ("of", rule => string.Join(", ", rule.Accepts)));
        });

    public static Command SetRule(CliConsole console)
    {
        var atLeast = new Option<int>("--at-least") { Description = "So many people have to approve. Default: 1.", HelpName = "N", DefaultValueFactory = _ => 1 };
        var from = new Option<int>("--from-organizations")
        {
            Description = "And come from so many organizations. Default: 1.",
            HelpName = "N",
            DefaultValueFactory = _ => 1,
        };
        var accept = new Option<string[]>("--accept")
        {
            Description = "Whose reviewers count: id or name of a member; give one for each. Your own organization too, if its reviewers do.",
            HelpName = "ORG",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        return new Command("set-rule", "Say what your organization asks before it takes code for reviewed (its admin). Nodes follow their own policies.")
            .With(Collaboration, atLeast, from, accept).Does(console, async (call, cancellationToken) =>
            {
                var accepts = new List<OrganizationId>();
                foreach (var name in call.Required(accept))
                    accepts.Add(await Lookup.OrganizationAsync(call.Client, name, cancellationToken));
                var rule = await call.Client.Store.SetRuleAsync(await CircleAsync(call, cancellationToken),
                    new SetStoreRule(call.Value(atLeast), call.Value(from), accepts), cancellationToken);
                call.Output.Result(rule, ProtocolJson.Default.StoreRule, rule.Organization.ToString(), text => Details.Write(text,
                    ("organization", rule.Organization.ToString()), ("reviewers", $"{rule.AtLeast}"), ("from organizations", $"{rule.FromOrganizations}"),
                    ("of", string.Join(", ", rule.Accepts))));
            });
    }

    private static Task<CollaborationId> CircleAsync(Invocation call, CancellationToken cancellationToken) =>
        Lookup.CollaborationAsync(call.Client, call.Required(Collaboration), cancellationToken);
}
