using Vantage.Coordinator.Accounts;
using Vantage.Coordinator.Accounts.SingleSignOn;
using Vantage.Coordinator.Accounts.Tokens;
using Vantage.Coordinator.Payloads;
using Vantage.Coordinator.Persistence;
using Vantage.Coordinator.Tasks;

namespace Vantage.Coordinator.Hosting;

/// <summary>All settings of one Coordinator: a section per capability.</summary>
internal sealed record CoordinatorSettings
{
    public required PersistenceSettings Persistence { get; init; }

    public ListenSettings Listen { get; init; } = new();

    public LimitSettings Limits { get; init; } = new();

    public PayloadSettings Payloads { get; init; } = new();

    public TaskSettings Tasks { get; init; } = new();

    public AccountSettings Accounts { get; init; } = new();

    public TokenSettings Tokens { get; init; } = new();

    public SignOnSettings SignOn { get; init; } = new();

    /// <summary>Every broken law of every section, as sentences with the setting's name; empty if all hold.</summary>
    public IReadOnlyList<string> Check() =>
    [
        .. Persistence.Check(), .. Listen.Check(), .. Limits.Check(), .. Payloads.Check(), .. Tasks.Check(), .. Accounts.Check(),
        .. Tokens.Check(), .. SignOn.Check(),
    ];
}
