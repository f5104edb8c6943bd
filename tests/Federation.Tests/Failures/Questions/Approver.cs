using System.Text.Json;
using Federation.Tests.Processes;
using Federation.Tests.Worlds;
using Vantage.Client;
using Vantage.Protocol.Hub;

namespace Federation.Tests.Failures.Questions;

/// <summary>A person of each site who agrees to whatever waits there of a question, however often its node dies of it.</summary>
internal static class Approver
{
    /// <summary>By which a site's policy knows what a person has to agree to.</summary>
    public const string Purpose = "held";

    /// <summary>Looks at the task before the sites are asked although it waits for nobody.</summary>
    private const int Patience = 10;

    /// <summary>Puts a rule before a site's others that wants a person's word before anything leaves.</summary>
    public static async Task EmployAsync(Site site, CancellationToken stop)
    {
        var policy = await File.ReadAllTextAsync(site.Policy, stop);
        var rules = policy.IndexOf("accept:\n", StringComparison.Ordinal) + "accept:\n".Length;
        var held = policy[rules..].Replace("name: tests", "name: held", StringComparison.Ordinal).TrimEnd()
            + $"\n    purposes: [{Purpose}]\n    approval: before-release\n";
        await File.WriteAllTextAsync(site.Policy, policy[..rules] + held + policy[rules..], stop);
    }

    /// <summary>Until the question is settled.</summary>
    public static async Task AnswerAsync(VantageClient client, Question question, IReadOnlyList<Site> sites, CancellationToken stop)
    {
        for (var looks = 1; await client.GetTaskAsync(question.Task.Id, stop) is { Outcome: null } view; looks++)
        {
            // Asking costs a process. A node that died since may not have said yet that it waits, so that it is asked all the same.
            if (view.Runs.Any(run => run.Waiting == WaitingReason.AwaitingApproval) || looks % Patience == 0)
            {
                foreach (var site in sites)
                {
                    await AnswerAsync(question, site, stop);
                }
            }

            await Task.Delay(200, stop);
        }
    }

    private static async Task AnswerAsync(Question question, Site site, CancellationToken stop)
    {
        var (exit, list) = await TypeAsync(site, ["list"], stop);
        foreach (var waits in exit == 0 ? JsonDocument.Parse(list).RootElement.GetProperty("waiting").EnumerateArray().ToList() : [])
        {
            if (waits.GetProperty("task").GetString() == question.Task.Id.ToString())
            {
                // The node may die of it: then it is asked for again, or was recorded.
                await TypeAsync(site, ["approve", waits.GetProperty("run").GetString()!, "--digest", waits.GetProperty("subject").GetString()!], stop);
            }
        }
    }

    private static async Task<(int Exit, string Output)> TypeAsync(Site site, IReadOnlyList<string> words, CancellationToken stop)
    {
        await using var command = ChildProcess.Start(Programs.NodeAgent, ["approvals", .. words, "--dir", site.NodeFolder, "--json"]);
        return (await command.ExitAsync(stop), command.StandardOutput);
    }
}
