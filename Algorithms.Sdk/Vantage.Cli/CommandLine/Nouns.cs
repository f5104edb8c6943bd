using System.CommandLine;
using Vantage.Cli.Accounts;
using Vantage.Cli.Algorithms;
using Vantage.Cli.Audits;
using Vantage.Cli.Charters;
using Vantage.Cli.Collaborations;
using Vantage.Cli.Coordinator;
using Vantage.Cli.Crates;
using Vantage.Cli.Demo;
using Vantage.Cli.Dictionaries;
using Vantage.Cli.Help;
using Vantage.Cli.Keys;
using Vantage.Cli.Login;
using Vantage.Cli.Nodes;
using Vantage.Cli.Organizations;
using Vantage.Cli.Profiles;
using Vantage.Cli.Results;
using Vantage.Cli.Roles;
using Vantage.Cli.Sandboxes;
using Vantage.Cli.Sessions;
using Vantage.Cli.Store;
using Vantage.Cli.Studies;
using Vantage.Cli.Tasks;
using Vantage.Cli.Tokens;
using Vantage.Cli.Users;

namespace Vantage.Cli.CommandLine;

/// <summary>What the command line is about, in the order in which a newcomer meets it.</summary>
internal static class Nouns
{
    public static IReadOnlyList<(string Name, string Description, Action<Command, CliConsole> Fill)> Table { get; } =
    [
        ("demo", "See it work: three hospitals, one question, on this machine.", DemoCommand.Fill),
        ("sandbox", "A federation of your own over your files, on this machine.", SandboxCommands.Fill),
        ("coordinator", "Run a Coordinator on this machine.", CoordinatorCommands.Fill),
        ("login", "Remember a Coordinator in the home, and who you are there.", LoginCommand.Fill),
        ("logout", "End the session and forget it.", LogoutCommand.Fill),
        ("account", "Your own account: password, second factor, sessions.", AccountCommands.Fill),
        ("profile", "Several Coordinators or people side by side: see, choose, remove.", ProfileCommands.Fill),
        ("org", "Partners: organizations that own nodes, users and data.", OrganizationCommands.Fill),
        ("user", "People's accounts.", UserCommands.Fill),
        ("role", "What accounts may do: see, make, change roles.", RoleCommands.Fill),
        ("token", "API tokens: make, see, replace, end.", TokenCommands.Fill),
        ("collaboration", "Organizations that agreed to work together.", CollaborationCommands.Fill),
        ("charter", "What organizations signed together: who they are, what for, until when.", CharterCommands.Fill),
        ("dictionary", "What a collaboration's variables are called and mean.", DictionaryCommands.Fill),
        ("study", "Subsets of a collaboration.", StudyCommands.Fill),
        ("keys", "Keys and trust: an organization's root, people's keys, pinned partners.", KeyCommands.Fill),
        ("node", "A partner's agent beside its data: invite, set up, run.", NodeCommands.Fill),
        ("task", "Questions: ask, follow, understand, read.", TaskCommands.Fill),
        ("session", "Prepared tables that the sites keep between tasks.", SessionNoun.Fill),
        ("result", "Who else may read what came of a task.", ResultCommands.Fill),
        ("audit", "The Coordinator's audit trail: read, verify, export.", AuditCommands.Fill),
        ("verify", "Verify what 'task export' wrote, without asking anybody.", VerifyCrateCommand.Fill),
        ("algorithm", "Images: publish, sign, verify, revoke.", AlgorithmCommands.Fill),
        ("store", "Algorithms before reviewers: submit, compare, approve.", StoreCommands.Fill),
        ("help", "Longer texts: exit codes.", HelpCommands.Fill),
    ];
}
