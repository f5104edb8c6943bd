using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Client.Errors;
using Vantage.Protocol.Ids;

namespace Vantage.Cli.Tasks;

/// <summary>The task that a command is about, and what its sites are called here.</summary>
internal static class TaskSelection
{
    public static Argument<string> Argument() => new("task") { Description = "The task's id (tsk_…)." };

    public static TaskId Parse(string text) => Id.TryParse(text, out TaskId id)
        ? id
        : throw UsageException.Because($"'{text}' is not a task's id: tsk_ and 32 hexadecimal digits.",
        "See: vantage task list");

    /// <summary>By the pins, where there are any: names that the own organization gave, not the Coordinator.</summary>
    public static Func<OrganizationId, string> SiteNames(Invocation call)
    {
        var names = new Dictionary<OrganizationId, string>();
        try
        {
            if (call.Home.HasPins && call.Home.HasRoot)
            {
                foreach (var root in call.Home.ReadPins(call.Console.Time.GetUtcNow()).Roots)
                {
                    names.TryAdd(root.Organization, root.Name);
                }
            }
        }
        catch (VantageException e)
        {
            call.Output.Warn(e.Message);
        }

        return organization => names.GetValueOrDefault(organization) ?? organization.ToString();
    }
}
